"""The brief in words: parts with their sources, and the dialect each picture engine is spoken to in."""
