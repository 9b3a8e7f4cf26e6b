"""The site: pure ground (`kit`), Django ground (`base`) and roof (settings, urls, asgi)."""
