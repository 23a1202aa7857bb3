"""Settings of the checks that read code only; there is no database to ask."""

from bilans.settings.test import *  # noqa: F403 -- settings modules extend one another

DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
