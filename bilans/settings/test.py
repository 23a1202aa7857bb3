"""Settings of the test suite: its own private server, keys and files, removed after.

Only the folder is named here, for processes started from the test run too;
``tests/conftest.py`` makes it, starts the server in it and takes both away.
"""

import os
import secrets
import tempfile
from pathlib import Path

from bilans.database.url import private_settings
from bilans.settings.base import *  # noqa: F403 -- settings modules extend one another

TEST_DIR = Path(
    os.environ.setdefault(
        "BILANS_TEST_DIR",
        f"{tempfile.gettempdir()}/bilans-test-{os.getpid()}-{secrets.token_hex(4)}",
    )
)

DEBUG = False
SECRET_KEY = "test"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": private_settings(TEST_DIR / "postgres")}
BILANS_KEYS = TEST_DIR / "keys"
BILANS_FILES = TEST_DIR / "files"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
