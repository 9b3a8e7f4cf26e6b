"""Captions: what is said, broken into readable lines on the film's own frames, as files and as pictures."""
