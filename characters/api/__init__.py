"""The API's doors to the cast, and to shots with who is in them."""
