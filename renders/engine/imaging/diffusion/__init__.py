"""Pictures by diffusion models whose weights lie on this machine: SDXL and its kin, FLUX. Nothing is downloaded here."""
