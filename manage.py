#!/usr/bin/env python
"""Run a management command of the service."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilans.settings.development")
    execute_from_command_line(sys.argv)
