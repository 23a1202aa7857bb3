"""Settings of the test suite: its own private server, keys and files, removed after.

``tests/conftest.py`` starts the server and names the folders before Django is set up.
"""

import os
from pathlib import Path

from bilans.settings.base import *  # noqa: F403 -- settings modules extend one another

DEBUG = False
SECRET_KEY = "test"  # noqa: S105 -- protects nothing outside a test run
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TEST_DIR = Path(os.environ["BILANS_TEST_DIR"])
BILANS_KEYS = TEST_DIR / "keys"
BILANS_FILES = TEST_DIR / "files"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
