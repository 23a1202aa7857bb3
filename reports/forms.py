"""What the advisor types into a report; the service decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bilans.ui.forms import LinesField, RecordForm
from bilans.ui.widgets import LongText
from reports.document import ReportSections
from reports.models import FinalReport


class FinalReportForm(RecordForm):
    """The advisor's own sections; everything else of the report follows from the case."""

    next_steps = LinesField(
        label=_("Next steps"),
        required=False,
        help_text=_("One step per line. They prepare the development plan."),
    )

    class Meta:
        model = FinalReport
        fields = ["circumstances", "course", "summary", "next_steps"]
        widgets = {
            "circumstances": LongText(limit=4000),
            "course": LongText(limit=4000),
            "summary": LongText(limit=4000),
        }
        help_texts = {
            "circumstances": _("Why the client came, and what they want to reach."),
            "course": _("What you did together and when; meetings, methods, homework."),
            "summary": _(
                "What came up, in sentences the client understands. Write about what was shown, "
                "not about what somebody is like."
            ),
        }

    def show_issued(self) -> None:
        """Say that the report was issued meanwhile; sent again, the text begins the next one."""
        typed: Any = self.data
        typed = typed.copy()
        typed[self.add_prefix("base_version")] = ""
        self.data = typed
        self.add_error(
            None,
            _(
                "The report was issued in the meantime and does not change any more. Your text is "
                "still here; save it again to begin the next version."
            ),
        )

    def sections(self) -> ReportSections:
        """What was typed, as the service takes it."""
        typed: dict[str, Any] = self.typed()
        return ReportSections(**typed | {"next_steps": tuple(typed["next_steps"])})


class IssueForm(forms.Form):
    """The confirmation that the report is to be issued as it was seen."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
