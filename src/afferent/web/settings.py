"""Settings of the web application, all from the environment, safe without any.

AFFERENT_SECRET_KEY    signs cookies; without it a new one is made at each start, and sessions end with the process
AFFERENT_HOSTS         host names to answer to, separated by commas (this machine only)
AFFERENT_HTTPS         1 behind HTTPS: cookies are then sent over HTTPS only
AFFERENT_DATABASE      the SQLite file (afferent.sqlite3); nothing is stored in it yet
AFFERENT_EXAMPLES      the folder of invented people that `demo` shows
AFFERENT_DEBUG         1 while developing
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

HERE = Path(__file__).resolve().parent

SECRET_KEY = os.environ.get("AFFERENT_SECRET_KEY") or secrets.token_urlsafe(50)
DEBUG = os.environ.get("AFFERENT_DEBUG") == "1"
HTTPS = os.environ.get("AFFERENT_HTTPS") == "1"
ALLOWED_HOSTS = [
    host.strip() for host in os.environ.get("AFFERENT_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host.strip()
]
EXAMPLES = Path(os.environ.get("AFFERENT_EXAMPLES", HERE.parents[2] / "examples"))

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "afferent.web.screening",
    "afferent.web.physiology",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "afferent.web.middleware.Headers",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "afferent.web.middleware.Sentences",
]
ROOT_URLCONF = "afferent.web.urls"
ASGI_APPLICATION = "afferent.web.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "afferent.web.context.shown_everywhere",
            ]
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("AFFERENT_DATABASE", "afferent.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is being screened lives in the memory of this process, for one hour after the last look. Never on disk.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "screenings",
        "OPTIONS": {"MAX_ENTRIES": 500},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_NAME = "afferent_session"
SESSION_COOKIE_AGE = 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS

CSRF_COOKIE_NAME = "afferent_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "afferent.web.refusals.forged"

# A record is read in memory. Larger ones are refused before they are read (see `asgi`).
LARGEST_RECORD = 8 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_RECORD + 2**20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60 * 60

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
