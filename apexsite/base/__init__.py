"""Django ground shared by the wings: abstract rows, errors to HTTP, queue; no tables of its own."""
