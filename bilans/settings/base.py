"""Settings common to every installation; what differs stands in the sibling modules."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from bilans.database.url import database_settings

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "bilans.database",  # before Django: its "migrate" connects as the owner of the tables
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "bootstrap",
    "lucide",
    "template_partials",
    "guardian",
    "rest_framework",
    "bilans.crypto",
    "bilans.audit",
    "bilans.accounts",
    "bilans.catalogue",
    "bilans.ui",
    "bilans.demo",
    "clients",
    "interviews",
    "portfolio",
    "reports",
]

MIDDLEWARE = [
    "bilans.ui.middleware.SecurityHeadersMiddleware",  # also X-Frame-Options, on every answer
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "bilans.ui.middleware.FetchMetadataMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bilans.accounts.middleware.LoginRequiredMiddleware",
    "bilans.accounts.middleware.RequestTransactionMiddleware",
]

ROOT_URLCONF = "bilans.urls"
WSGI_APPLICATION = "bilans.wsgi.application"

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
                "django.template.context_processors.i18n",
            ],
            "builtins": ["bilans.ui.templatetags.ui"],
        },
    },
]
FORM_RENDERER = "bilans.ui.forms.BilansRenderer"

DATABASES = {"default": database_settings(VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["bilans.accounts.backends.SealedEmailBackend"]
PASSWORD_HASHERS = ["bilans.accounts.hashers.OfficeArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "accounts:start"
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # only bilans.access asks guardian; a backend would be a second answer
    "security.W002",  # X-Frame-Options comes from bilans.ui.middleware
]

SESSION_ENGINE = "bilans.accounts.sessionstore"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 60  # idle; the writing middleware renews it at every request
SESSION_SAVE_EVERY_REQUEST = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "bilans.ui.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" sends Origin: null, which CSRF refuses
X_FRAME_OPTIONS = "DENY"

FILE_UPLOAD_HANDLERS = ["clients.uploads.SealingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"

BILANS_KEYS = VAR_DIR / "keys"
"""Folder of the master keys (protection of everything sealed); mode 0700, files 0400."""

BILANS_FILES = VAR_DIR / "files"
"""Folder of sealed evidence and documents; holds ciphertext only."""

BILANS_UPLOAD_LIMIT = 25 * 1024 * 1024
"""Largest evidence file, in bytes."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "bilans.ui.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers write addresses, and errors to mailboxes that nobody named
    "loggers": {"django": {"handlers": [], "level": "WARNING"}},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["bilans.ui.api.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "bilans.ui.api.exception_handler",
    "UNAUTHENTICATED_USER": None,
}
