"""Events about evidence."""

from django.utils.translation import gettext_lazy as _

from bilans.audit.registry import declare

EVIDENCE_ADDED = declare(
    code="portfolio.evidence.added",
    # without its title: whoever reads the history may not see the evidence, and once it is
    # taken back nothing must say what it was
    sentence=_("added evidence D%(number)s"),
    payload=frozenset({"number"}),
    icon="paperclip",
)
EVIDENCE_CHANGED = declare(
    code="portfolio.evidence.changed",
    sentence=_("corrected the description of evidence D%(number)s"),
    payload=frozenset({"number"}),
    icon="pencil",
)
EVIDENCE_WITHDRAWN = declare(
    code="portfolio.evidence.withdrawn",
    # says that something was taken back, never what: it may have been put in by mistake
    sentence=_("withdrew evidence D%(number)s; its file was erased"),
    payload=frozenset({"number"}),
    icon="archive-x",
)
EVIDENCE_LINKED = declare(
    code="portfolio.evidence.linked",
    sentence=_("linked evidence D%(number)s to criterion %(criterion)s"),
    payload=frozenset({"number", "criterion"}),
    icon="link",
)
EVIDENCE_UNLINKED = declare(
    code="portfolio.evidence.unlinked",
    sentence=_("removed the link of evidence D%(number)s to criterion %(criterion)s"),
    payload=frozenset({"number", "criterion"}),
    icon="unlink",
)
SUPPORT_ADDED = declare(
    code="portfolio.support.added",
    sentence=_("put evidence D%(number)s to statement W%(statement)s"),
    payload=frozenset({"number", "statement"}),
    icon="link",
)
SUPPORT_REMOVED = declare(
    code="portfolio.support.removed",
    sentence=_("took evidence D%(number)s off statement W%(statement)s"),
    payload=frozenset({"number", "statement"}),
    icon="unlink",
)
PORTFOLIO_READ = declare(
    code="portfolio.portfolio.read",
    sentence=_("read the list of evidence (%(count)s)"),
    icon="eye",
    reading=True,
)
EVIDENCE_READ = declare(
    code="portfolio.evidence.read",
    sentence=_("read the description of evidence D%(number)s"),
    payload=frozenset({"number"}),
    icon="eye",
    reading=True,
)
FILE_OPENED = declare(
    code="portfolio.file.opened",
    sentence=_("opened the file of evidence D%(number)s"),
    payload=frozenset({"number"}),
    icon="file-down",
    reading=True,
)
