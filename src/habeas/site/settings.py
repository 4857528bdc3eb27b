"""Settings of the site: safe by default, for one owner on loopback; a team changes a few by name.

Read from the environment, each with a default that works on a laptop: HABEAS_HOME (folder of the
database, the captures and the secret key), HABEAS_DATABASE (a PostgreSQL address; SQLite in the
home folder if it is not set), HABEAS_HOSTS (further host names under which the site may be asked,
comma-separated; for a team behind its own TLS proxy, which also sets HABEAS_HTTPS=1).
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from habeas.cases import features
from habeas.home import home
from habeas.vault import database, opened


def _secret(home: Path) -> str:
    """Return this installation's own key, made on first use; readable by its owner only."""
    path = home / "secret-key"
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        return path.read_text("ascii")


def _engine(home: Path) -> str:
    """Return the backend for the file: SQLCipher's where a passphrase protects the home."""
    if opened.is_set(home) and not database.is_plain(home / database.NAME):
        return "habeas.site.encrypted"
    return "django.db.backends.sqlite3"


def database_at(home: Path, address: str) -> dict[str, object]:
    """Return Django's settings for SQLite in a folder or, with an address, for PostgreSQL.

    The address is `postgresql://user:password@host:port/name`; `?host=/folder` after it asks
    through the socket in that folder, as libpq does.
    """
    if not address:
        return {
            "ENGINE": _engine(home),
            "NAME": home / database.NAME,
            # WAL: the watcher writes while the site reads. IMMEDIATE: a writer waits for its turn
            # at the start instead of failing in the middle (Django 5.1 release notes).
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    parts = urlsplit(address)
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": str(parts.port or ""),
        # Opening a connection for each page costs as much as many of its questions.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _listed(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


HABEAS_HOME = home()
SECRET_KEY = _secret(HABEAS_HOME)
DEBUG = False
# Whoever asks under another name (a rebound DNS name, another site on this machine) gets no page.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *_listed("HABEAS_HOSTS")]
DATABASES = {"default": database_at(HABEAS_HOME, os.environ.get("HABEAS_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "habeas.site.urls"
WSGI_APPLICATION = "habeas.site.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "habeas.site",
    "habeas.watch",
    *features.apps(),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "habeas.site.headers.SafeHeaders",
    # Before everything that asks the database: a locked home answers with one page.
    "habeas.site.locking.Locking",
    # Before the check of the host: the pages of errors look for the form token, which it keeps.
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Checks the Host header.
    "django.middleware.common.CommonMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "habeas.site.languages.OneLanguage",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *(one.MIDDLEWARE for one in features.parts("middleware")),
    # Ends what a change of passphrase or second factor has ended, and asks for a missing one.
    "habeas.site.accounts.doorkeeper.Doorkeeper",
    # Every page asks who looks; the few that do not are marked in the code.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # What the one who asks may see and do; and the log of it.
    "habeas.cases.access.gate.Gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "habeas.site.languages.switch",
                "habeas.site.demonstrating.demonstration",
                "habeas.cases.navigation.pages",
                "habeas.cases.access.gate.shown",
            ],
            "libraries": {"shown": "habeas.watch.pages.shown"},
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

LOGIN_URL = "sign-in"
# Memory-hard (RFC 7914, 16 MB), so that a stolen table of hashes is dear to guess through.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
SESSION_COOKIE_NAME = "habeas-session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
# Kept in the session: one cookie fewer, and no token outside the pages.
CSRF_USE_SESSIONS = True
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
_HTTPS = os.environ.get("HABEAS_HTTPS") == "1"
SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _listed("HABEAS_HOSTS")] if _HTTPS else []
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# Uploads stay in memory until they are checked and kept: nothing lies in a temporary folder.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 27_000_000

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("ru", "Русский"),
    ("tg", "Тоҷикӣ"),
    ("uz", "Oʻzbekcha"),
    ("uz-cyrl", "Ўзбекча"),
]
LANGUAGE_COOKIE_NAME = "habeas-language"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [Path(__file__).with_name("locale")]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"nameless": {"()": "habeas.site.logs.Nameless"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "nameless"}},
    # Only failures of ours: an address that was not found may be a mistyped one-time link.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
