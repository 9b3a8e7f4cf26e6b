"""Settings by environment: `dev` (default), `test`, `production`, all on `base`."""
