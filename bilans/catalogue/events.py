"""What the trail tells about the catalogue; it names no person but who acted."""

from django.utils.translation import gettext_lazy as _

from bilans.audit.registry import declare

VERSION_IMPORTED = declare(
    code="catalogue.version.imported",
    sentence=_("imported %(title)s (version %(number)s) from %(file)s"),
    payload=frozenset({"title", "number", "file", "sha256"}),
    icon="file-input",
)
VERSION_ANSWERED = declare(
    code="catalogue.version.answered",
    sentence=_("answered questions about %(title)s: %(fields)s"),
    payload=frozenset({"title", "number", "fields"}),
    icon="pencil",
)
SOURCE_ADDED = declare(
    code="catalogue.source.added",
    sentence=_("added %(file)s as another source of %(title)s"),
    payload=frozenset({"title", "number", "file", "sha256"}),
    icon="file-plus",
)
VERSION_PUBLISHED = declare(
    code="catalogue.version.published",
    sentence=_("published %(title)s (version %(number)s)"),
    payload=frozenset({"title", "number"}),
    icon="book-check",
)
VERSION_WITHDRAWN = declare(
    code="catalogue.version.withdrawn",
    sentence=_("withdrew %(title)s (version %(number)s)"),
    payload=frozenset({"title", "number", "reason"}),
    icon="book-x",
)
