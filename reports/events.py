"""Events about reports."""

from django.utils.translation import gettext_lazy as _

from bilans.audit.registry import declare

REPORT_WRITTEN = declare(
    code="reports.final.written",
    sentence=_("wrote the final report"),
    icon="pencil",
)
REPORT_ISSUED = declare(
    code="reports.final.issued",
    sentence=_("issued the final report, version %(number)s"),
    payload=frozenset({"number"}),
    icon="file-check",
)
REPORT_READ = declare(
    code="reports.final.read",
    sentence=_("read the final report being written"),
    icon="eye",
    reading=True,
)
