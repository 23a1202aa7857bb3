"""An office in real use: TLS in front, secrets and folders named by the operator.

Reads ``BILANS_SECRET_KEY``, ``BILANS_HOSTS`` (comma-separated), ``DATABASE_URL`` and,
when they lie elsewhere than ``var/``, ``BILANS_KEYS`` and ``BILANS_FILES``.
"""

import os
from pathlib import Path

from bilans.settings.base import *  # noqa: F403 -- settings modules extend one another
from bilans.settings.base import BILANS_FILES as DEFAULT_FILES
from bilans.settings.base import BILANS_KEYS as DEFAULT_KEYS

DEBUG = False
SECRET_KEY = os.environ["BILANS_SECRET_KEY"]
ALLOWED_HOSTS = os.environ["BILANS_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
BILANS_KEYS = Path(os.environ.get("BILANS_KEYS", DEFAULT_KEYS))
BILANS_FILES = Path(os.environ.get("BILANS_FILES", DEFAULT_FILES))

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-bilans_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-bilans_csrf"
LANGUAGE_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
