"""All settings, from environment variables; the defaults are one small machine.

With DATABASE_URL and REDIS_URL unset, everything lives under VAR_DIR: SQLite,
the queue of the worker and uploaded files.
"""

import sys
from pathlib import Path
from typing import Any

import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environs import Env

django_stubs_ext.monkeypatch()
env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR: Path = env.path("VAR_DIR", BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _kept_secret() -> str:
    """The key of this installation, made once; SECRET_KEY in the environment wins."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY: str = env.str("SECRET_KEY", "") or _kept_secret()
# Codes of addresses are made with it: as long as the data lives, it must not change.
HASH_KEY: str = env.str("HASH_KEY", "") or SECRET_KEY
DEBUG: bool = env.bool("DEBUG", False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
# Where links in mails lead; mails are written outside any request.
SITE_URL: str = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    # Ours, lowest layer first: demonstration data loads in this order.
    "engagement.core",
    "engagement.audit",
    "engagement.metrics",
    "engagement.mail",
    "engagement.accounts",
    "engagement.people",
    "engagement.studies",
    "engagement.events",
    "engagement.groups",
    "engagement.outputs",
    "engagement.evidence",
    "engagement.reports",
    "engagement.website",
    "newsletters",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "engagement.core.middleware.refuse_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "newsletters.middleware.follow_marks",
]

ROOT_URLCONF = "engagement.urls"
WSGI_APPLICATION = "engagement.wsgi.application"

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
                "engagement.core.context_processors.site",
            ],
            "builtins": ["engagement.core.templatetags.core"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'dolen.sqlite3'}")
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # IMMEDIATE takes the write lock at BEGIN, so two writers wait for each other
    # instead of failing half-way; WAL lets readers go on meanwhile. FULL: what was
    # written down before a mail left must outlive a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    }
else:
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["pool"] = env.bool("DATABASE_POOL", True)
    # Statements stay ready with the server only where somebody asks for it.
    options["prepare_threshold"] = sys.maxsize
    # A machine that stops in the middle of a transaction holds rows that others wait for.
    # Compiling a question takes PostgreSQL longer than answering any of ours.
    options["options"] = "-c idle_in_transaction_session_timeout=60s -c jit=off"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL: str = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
    }
    CELERY_BROKER_URL = REDIS_URL
else:
    # One web process keeps its own cache; the worker reads the queue from files.
    QUEUE_DIR = VAR_DIR / "queue"
    for _part in ("messages", "processed", "control"):
        (QUEUE_DIR / _part).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "processed_folder": str(QUEUE_DIR / "processed"),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.1,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# The database is the queue of record; the sweep re-arms what a lost message forgot.
CELERY_BEAT_SCHEDULE = {
    "sweep-deliveries": {"task": "newsletters.sweep", "schedule": 30.0},
    "sweep-documents": {"task": "newsletters.sweep_documents", "schedule": 30.0},
    "start-issues": {"task": "newsletters.start_due", "schedule": 30.0},
    "take-hits": {"task": "metrics.take_hits", "schedule": 20.0},
    "sweep-mail": {"task": "mail.sweep", "schedule": 30.0},
    "fetch-bounces": {"task": "mail.fetch_bounces", "schedule": 300.0},
    "remind-of-events": {"task": "events.remind", "schedule": 60.0},
    "sweep-packs": {"task": "groups.sweep_packs", "schedule": 60.0},
    "sweep-imports": {"task": "people.sweep_imports", "schedule": 60.0},
    "sweep-offers": {"task": "events.sweep_offers", "schedule": 60.0},
    "clear-sessions": {"task": "accounts.clear_sessions", "schedule": 3600.0},
    "check-links": {
        "task": "newsletters.check_all_links",
        "schedule": crontab(hour="4", minute="20"),
    },
    "ask-for-feedback": {"task": "events.ask_for_feedback", "schedule": 900.0},
    "chase-commitments": {
        "task": "events.chase_commitments",
        "schedule": crontab(hour="8", minute="30"),
    },
    "sweep-group-notices": {
        "task": "groups.sweep_notices",
        "schedule": crontab(hour="7", minute="15"),
    },
    "review-studies": {
        "task": "groups.review_studies",
        "schedule": crontab(hour="6", minute="40"),
    },
    "circulate-papers": {"task": "groups.circulate", "schedule": 900.0},
    "chase-actions": {
        "task": "groups.chase",
        "schedule": crontab(hour="8", minute="40"),
    },
    "remind-of-recommendations": {
        "task": "evidence.remind",
        "schedule": crontab(hour="8", minute="50"),
    },
    "count-today": {"task": "metrics.count_today", "schedule": 300.0},
    "count-asked": {"task": "metrics.count_asked", "schedule": 10.0},
    "count-recent": {
        "task": "metrics.count_recent",
        "schedule": crontab(hour="2", minute="30"),
    },
    "publish-releases": {"task": "outputs.publish_due", "schedule": 20.0},
    "reindex-outputs": {
        "task": "outputs.reindex",
        "schedule": crontab(hour="3", minute="50"),
    },
    "sweep-reports": {"task": "reports.sweep", "schedule": 60.0},
    "count-boards": {"task": "reports.count_boards", "schedule": crontab(minute="25")},
    "make-quarterly-reports": {
        "task": "reports.make_quarterly",
        "schedule": crontab(hour="5", minute="50"),
    },
    "retain": {"task": "people.retain", "schedule": crontab(hour="3", minute="10")},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "website:dashboard"
LOGOUT_REDIRECT_URL = "website:home"
ACCOUNT_ADAPTER = "engagement.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "engagement.accounts.forms.SignInForm",
    "reset_password": "engagement.accounts.forms.ForgottenForm",
    "reset_password_from_key": "engagement.accounts.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["engagement.core.formats"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
# Hits on their way into the database, of this machine.
HITS_DIR: Path = env.path("HITS_DIR", VAR_DIR / "hits")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.bool("STATIC_MANIFEST", False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not env.bool("STATIC_MANIFEST", False)

# The fewest people that a count may show, to those who are signed in and to everybody.
FEWEST_INSIDE = env.int("FEWEST_INSIDE", 5)
FEWEST_PUBLIC = env.int("FEWEST_PUBLIC", 10)

# Larger than any upload form allows; the form then names the limit to the reader.
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Of a file of an output: 4 GB, for data sets. They go to disk as they come.
MAX_OUTPUT_BYTES: int = env.int("MAX_OUTPUT_BYTES", 4 * 1024**3)
FILE_UPLOAD_HANDLERS = [
    "engagement.core.upload_names.NamesAsSent",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Where uploads wait; on the disk of MEDIA_ROOT none has to be copied. "" is the system's.
FILE_UPLOAD_TEMP_DIR: str | None = env.str("UPLOAD_DIR", "") or None
# A command that is run with the path of an upload: "clamdscan --fdpass --no-summary"
UPLOAD_SCANNER: str = env.str("UPLOAD_SCANNER", "")

# smtp://user:password@host:port, smtp+tls:// (STARTTLS) or smtp+ssl://
SMTP_URL: str = env.str("SMTP_URL", "smtp://127.0.0.1:1025")
# Several, in order of preference, with their limits: see engagement.mail.services.accounts.
MAIL_ACCOUNTS: str = env.str("MAIL_ACCOUNTS", "")
# How many workers at the most send one issue at a time.
SENDING_WORKERS: int = env.int("SENDING_WORKERS", 4)
# How reports to libraries name this site (COUNTER), and its record in their registry.
COUNTER_PLATFORM: str = env.str("COUNTER_PLATFORM", "Dolen")
COUNTER_PLATFORM_ID: str = env.str("COUNTER_PLATFORM_ID", "dolen")
COUNTER_REGISTRY_RECORD: str = env.str("COUNTER_REGISTRY_RECORD", "")
MAIL_FROM: str = env.str("MAIL_FROM", "Dolen <dolen@example.org>")
MAIL_DOMAIN: str = env.str("MAIL_DOMAIN", "example.org")
# What comes back goes to name+<the mail>@domain: bounces@lists.example.org
BOUNCE_ADDRESS: str = env.str("BOUNCE_ADDRESS", "")
# Its mailbox, read every five minutes: imap+ssl://user:password@host/INBOX, or imap+tls://
BOUNCE_MAILBOX_URL: str = env.str("BOUNCE_MAILBOX_URL", "")
# OAuth2 instead of a password: a token that lasts, or what to ask for a new one with,
# as JSON its url, client_id, client_secret and refresh_token.
BOUNCE_MAILBOX_TOKEN: str = env.str("BOUNCE_MAILBOX_TOKEN", "")
BOUNCE_MAILBOX_OAUTH: Any = env.json("BOUNCE_MAILBOX_OAUTH", {})
# As django-anymail has it. Without WEBHOOK_SECRET ("user:password") no webhook answers.
# Who hangs up early cannot know whether a mail was taken.
ANYMAIL: Any = {"REQUESTS_TIMEOUT": 60} | dict(env.json("ANYMAIL", {}))
# For the check before sending: the names that the relay's DKIM keys have in the DNS, and
# the IP addresses that mail leaves from; left out, those of the mail server.
DKIM_SELECTORS: list[str] = env.list("DKIM_SELECTORS", [])
SENDING_ADDRESSES: list[str] = env.list("SENDING_ADDRESSES", [])
# Set where the mail catcher stands in for the world; staff may then read its mail.
MAIL_CATCHER_DIR: str = env.str("MAIL_CATCHER_DIR", "")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 31536000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Signed links are keys, and could say who followed one.
    "filters": {"tokens": {"()": "engagement.core.logs.WithoutTokens"}},
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["tokens"],
        }
    },
    # These tell of every step at INFO.
    "loggers": {
        # In place of handlers of Django's own, which would print tokens.
        "django": {"handlers": []},
        "django.server": {"handlers": [], "level": "INFO"},
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "flufl.bounce": {"level": "WARNING"},
        "mail.log": {"level": "WARNING"},
        # The queue of files has no host, and says so each time.
        "kombu.connection": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
