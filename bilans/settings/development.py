"""The sample office on one's own machine: plain HTTP on localhost."""

from bilans.settings.base import *  # noqa: F403 -- settings modules extend one another
from bilans.settings.base import VAR_DIR
from bilans.settings.secret import secret_key

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
SECRET_KEY = secret_key(VAR_DIR)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
