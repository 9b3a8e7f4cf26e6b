"""Prompts: their parts, dialects and tokens."""
