"""All addresses: three wings, the admin, health."""

urlpatterns: list = []
