"""Rows of the cast."""

from characters.models.character import Casting, Character

__all__ = ["Casting", "Character"]
