"""Words the renderings add of themselves, in the language that is active when they are asked."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

LOCALES = {"pl": "pl-PL", "en": "en-GB"}
"""Language of a document → the tag written into its files."""


def number() -> str:
    return _("Number")


def issued_on() -> str:
    return _("Date of issue")


def day(value: datetime.date) -> str:
    return date_format(value, "j E Y")


def sources() -> str:
    return _("Sources")


def position() -> str:
    return _("Client's position")


def signature_line() -> str:
    return _("signature and date")


def page_of_pages() -> str:
    """Return the footer with the marks ``{page}`` and ``{pages}``."""
    return _("Page {page} of {pages}")
