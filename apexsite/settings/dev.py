"""Settings of a laptop and of the demo: a local key, errors on the page."""

from apexsite.settings.base import *  # noqa: F403
from apexsite.settings.base import VAR_DIR

DEBUG = False


def _local_secret() -> str:
    """Return this machine's own key, made once and kept outside the tree."""
    import secrets

    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii")


SECRET_KEY = _local_secret()
