"""Settings of the tests: complete by themselves, temporary media, quick hasher."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("APEX_VAR", tempfile.mkdtemp(prefix="apex-test-"))
# The same tests whether a stage is installed or not, and no pictures drawn by the way; tests of the stage switch it on.
os.environ.setdefault("APEX_STAGE", "off")

from apexsite.settings.base import *  # noqa: F403
from apexsite.settings.base import DATABASES, VAR_DIR

SECRET_KEY = "tests-only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
APEX_MEDIA_ROOT = VAR_DIR / "media"
APEX_SEGMENTS_ROOT = VAR_DIR / "segments"
APEX_OUTPUT_ROOT = VAR_DIR / "outputs"
ALLOWED_HOSTS = ["*"]
# A file, not memory: workers and sockets in other processes must see the same rows.
DATABASES["default"].setdefault("TEST", {})
if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / "test.sqlite3")}
