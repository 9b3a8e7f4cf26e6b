"""Wing 1, the look: productions, scripts, bibles, scenes and shots."""
