"""The API's doors to productions, and what all its doors are made of."""
