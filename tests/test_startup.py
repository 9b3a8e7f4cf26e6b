"""Starting up stays cheap: no heavy library is imported before it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "torch",
    "diffusers",
    "cv2",
    "librosa",
    "numba",
    "scipy",
    "av",
    "soundfile",
    "PIL.ImageFilter",
)


def test_setting_up_imports_nothing_heavy() -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE']='apexsite.settings.test';"
        "django.setup(); import apexsite.urls, apexsite.asgi;"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
