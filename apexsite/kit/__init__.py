"""Pure ground under every engine: no Django, no feature, only what is true of look, person and picture alike."""
