"""Settings of the web application, all from the environment, safe without any.

DATABASE_URL           the database, such as postgres://afferent@localhost/afferent; without it SQLite
AFFERENT_DATABASE      the SQLite file (afferent.sqlite3)
AFFERENT_SECRET_KEY    signs cookies; without it `serve` keeps one beside the SQLite file, else it is new at each start
AFFERENT_HOSTS         host names to answer to, separated by commas (this machine only)
AFFERENT_HTTPS         1 behind HTTPS: cookies are then sent over HTTPS only
AFFERENT_LAN           1, set by `serve --lan`: HTTPS of its own on the local network, so no HSTS
AFFERENT_MODE          cds, or record: then nothing is worked out for one client, whatever a clinic has set
AFFERENT_OPEN          1: the screening of a single record is open to everybody who reaches this server (the demo)
AFFERENT_DEMO          1: the clinic is invented; log-ins are shown and no second factor is asked for
AFFERENT_ADDRESS       how clients reach this server, for links in messages, such as https://clinic.example.org
AFFERENT_MAIL          sends e-mail: smtp://user:password@host:587, smtps://…, console: or file:/folder
AFFERENT_MAIL_FROM     the address that e-mails come from
AFFERENT_SMS           sends texts: console, http (with AFFERENT_SMS_URL and AFFERENT_SMS_TOKEN) or package.module:Class
AFFERENT_ANSWER_DAYS   how long the link on a request to a physician is good (21 days)
AFFERENT_EXAMPLES      the folder of invented people that `demo` shows
AFFERENT_MEASURES      a file or folder of measures of your own, as TOML entries (docs/outcomes.md)
AFFERENT_DIRECTORY     the directory of therapists: a file, or postgres://… (directory.sqlite3 beside the SQLite file;
                       with a DATABASE_URL of PostgreSQL, that database)
AFFERENT_DEBUG         1 while developing
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from afferent.directory.store import where as directory_at

HERE = Path(__file__).resolve().parent

SECRET_KEY = os.environ.get("AFFERENT_SECRET_KEY") or secrets.token_urlsafe(50)
DEBUG = os.environ.get("AFFERENT_DEBUG") == "1"
LAN = os.environ.get("AFFERENT_LAN") == "1"  # `lan.serve` adds this machine's addresses to ALLOWED_HOSTS
HTTPS = LAN or os.environ.get("AFFERENT_HTTPS") == "1"
ALLOWED_HOSTS = [
    host.strip() for host in os.environ.get("AFFERENT_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host.strip()
]
MODE = "record" if os.environ.get("AFFERENT_MODE", "cds") != "cds" else "cds"
OPEN = os.environ.get("AFFERENT_OPEN") == "1"
DEMO = os.environ.get("AFFERENT_DEMO") == "1"
ANSWER_DAYS = int(os.environ.get("AFFERENT_ANSWER_DAYS", "21"))
EXAMPLES = Path(os.environ.get("AFFERENT_EXAMPLES", HERE.parents[2] / "examples"))
MEASURES = Path(os.environ["AFFERENT_MEASURES"]) if os.environ.get("AFFERENT_MEASURES") else None

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "afferent.web.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "afferent.web.audit",
    "afferent.web.clinics",
    "afferent.web.clients",
    "afferent.web.book",
    "afferent.web.intake",
    "afferent.web.consents",
    "afferent.web.documents",
    "afferent.web.letters",
    "afferent.web.careteam",
    "afferent.web.live",
    "afferent.web.notes",
    "afferent.web.outlines",
    "afferent.web.outcomes",
    "afferent.web.post",
    "afferent.web.programme",
    "afferent.web.directory",
    "afferent.web.screening",
    "afferent.web.physiology",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "afferent.web.middleware.Headers",
    "afferent.web.compression.Compressed",
    "afferent.web.middleware.Storage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "afferent.web.middleware.Sentences",
    "afferent.web.clinics.middleware.InTheClinic",
    "afferent.web.accounts.middleware.Lock",
    "afferent.web.accounts.middleware.SecondFactor",
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
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "afferent.web.context.shown_everywhere",
            ]
        },
    }
]

# SQLite: one writer at a time, begun at once (no deadlocks on upgrade), on disk before anything is called saved.
_SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": os.environ.get("AFFERENT_DATABASE", "afferent.sqlite3"),
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;",
    },
}
_URL = os.environ.get("DATABASE_URL", "")
DATABASES: dict[str, dict[str, Any]] = {"default": dict(dj_database_url.parse(_URL)) if _URL else _SQLITE}
if _URL and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] = _SQLITE | {"NAME": DATABASES["default"]["NAME"]}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}  # each thread keeps its own (see threads.py)
# The directory of therapists stands beside the clinic, not in it: its tables are made by whoever loads it.
DIRECTORY = directory_at(
    os.environ.get("AFFERENT_DIRECTORY")
    or (str(Path(_SQLITE["NAME"]).with_name("directory.sqlite3")) if not _URL.startswith("postgres") else _URL)
)
DIRECTORY_SCHEMA = ""  # the usual one of PostgreSQL
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "begin"
ACCOUNT_ADAPTER = "afferent.web.accounts.adapter.Staff"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "afferent.web.accounts.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Afferent"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# What is being screened lives in the memory of this process, for one hour after the last look. Never on disk.
CACHES = {
    # What is counted (accounts/tries.py), in a place of its own: many addresses push out nothing that somebody opened.
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "screenings": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "screenings",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "afferent_session"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; the lock comes much earlier
OPENED_AGE = 60 * 60  # how long a record that was brought for one screening stays in memory
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
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Not for a name of the local network: it holds for every port, so the install page could not be opened any more, nor
# another machine that is given this name later. A browser that never came here is not helped by it either.
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS and not LAN else 0

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60 * 60

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"terse": {"()": "afferent.web.logs.Terse"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "terse"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
