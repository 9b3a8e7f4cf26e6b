"""Casting: a character's profile becomes a body, a face, skin, hair, eyes and clothes for the previz stage."""
