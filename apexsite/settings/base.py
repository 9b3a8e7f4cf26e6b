"""All defaults, grouped by concern: one machine, no GPU, no key, no network."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from apexsite.settings.api import *  # noqa: F403
from apexsite.settings.env import env_bool, env_database, env_int, env_text

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env_text("APEX_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# numba's compiled resampler is kept here, so the second start is quick even from a read-only tree.
os.environ.setdefault("NUMBA_CACHE_DIR", str(VAR_DIR / "numba"))

DEBUG = False
ALLOWED_HOSTS: list[str] = env_text("APEX_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in env_text("APEX_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_q",
    "channels",
    "drf_spectacular",
    "apexsite.base",
    "projects",
    "characters",
    "renders",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apexsite.base.middleware.ErrorsInWords",
]
ROOT_URLCONF = "apexsite.urls"
ASGI_APPLICATION = "apexsite.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "projects.web.bell.bell",
            ]
        },
    }
]

# Data
DATABASES = {"default": env_database("APEX_DATABASE_URL", default_sqlite=VAR_DIR / "apex.sqlite3")}
# Requests are answered by a few lasting threads (apexsite/onehop.py); each keeps its connection, asked for health first.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if "qcluster" in sys.argv:
    # The ORM broker closes old connections at every step; with age 0 each enqueue reopens the file (44 times slower).
    DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APEX_MEDIA_ROOT = Path(env_text("APEX_MEDIA", str(VAR_DIR / "media")))
APEX_MODELS_ROOT = Path(env_text("APEX_MODELS", str(VAR_DIR / "models")))
# The engines read these two by themselves, as they read APEX_MODELS: they know no settings.
APEX_SDXL_MODEL = env_text("APEX_SDXL_MODEL", "")
APEX_SDXL_MEMORY = env_text("APEX_SDXL_MEMORY", "")
APEX_ONLINE_VOICE = env_text("APEX_ONLINE_VOICE", "")
APEX_CLIP_IMAGE_ONNX = env_text("APEX_CLIP_IMAGE_ONNX", "")
APEX_CLIP_TEXT_ONNX = env_text("APEX_CLIP_TEXT_ONNX", "")
APEX_AESTHETIC_ONNX = env_text("APEX_AESTHETIC_ONNX", "")
APEX_LANDMARKS_ONNX = env_text("APEX_LANDMARKS_ONNX", "")
APEX_STYLE_ONNX = env_text("APEX_STYLE_ONNX", "")
APEX_WRITER_URL = env_text("APEX_WRITER_URL", "")
APEX_WRITER_KEY = env_text("APEX_WRITER_KEY", "")
APEX_WRITER_MODEL = env_text("APEX_WRITER_MODEL", "")
APEX_WRITER_PATIENCE_SECONDS = env_int("APEX_WRITER_PATIENCE_SECONDS", 120)
APEX_SEGMENTS_ROOT = Path(env_text("APEX_SEGMENTS", str(VAR_DIR / "segments")))
APEX_FILM_WORKERS = env_int("APEX_FILM_WORKERS", max(1, (os.cpu_count() or 1) // 4))
APEX_WARM_WEB = env_text("APEX_WARM_WEB", "1") != "0"
APEX_OUTPUT_ROOT = Path(env_text("APEX_OUTPUT", str(VAR_DIR / "outputs")))

# Jobs: our rows are the truth, django-q2 only wakes a worker. It must never redeliver a live task.
APEX_LEASE_SECONDS = env_int("APEX_LEASE_SECONDS", 30)
APEX_TASK_ATTEMPTS = env_int("APEX_TASK_ATTEMPTS", 3)
# How long a picture engine may take to wake; and whether pictures are drawn elsewhere only (storyboard sketches aside).
APEX_COLD_SECONDS = env_int("APEX_COLD_SECONDS", 300)
APEX_CLOUD_ONLY = env_bool("APEX_CLOUD_ONLY", False)
Q_CLUSTER = {
    "name": env_text("Q_CLUSTER_NAME", "cpu"),
    "orm": "default",
    "workers": env_int("APEX_WORKERS", 1),
    "timeout": 3600,
    "retry": 4 * 3600,
    "max_attempts": 1,
    "ack_failures": True,
    "queue_limit": 1,
    "bulk": 1,
    "poll": 0.2,
    "save_limit": 50,
    "catch_up": False,
    "label": "Background wake-ups",
}

# Live: each web process tails the event log; with Redis a nudge wakes it at once.
CHANNEL_LAYERS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
APEX_REDIS_URL = env_text("APEX_REDIS_URL", "")
if APEX_REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [APEX_REDIS_URL]},
        }
    }
APEX_TAIL_SECONDS = 0.2
APEX_EVENT_LISTENERS = ["renders.services.notices.notify"]

# People
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True

# Words and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# Static
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# The cut's form has six fields a shot and at most 200 shots.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_text("APEX_LOG_LEVEL", "WARNING")},
}
APEX_IS_DEMO = env_bool("APEX_DEMO", False)
