"""Rows of the cast."""

from characters.models.character import Casting, Character, CharacterVersion

__all__ = ["Casting", "Character", "CharacterVersion"]
