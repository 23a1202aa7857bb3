"""What is typed to steer a case: its step, its next date, its people, its qualification."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilans.accounts.models import Membership
from bilans.catalogue.models import QualificationVersion
from bilans.collation import sort_key
from bilans.ui.forms import RecordForm
from bilans.ui.widgets import LongText, PolishDateInput
from bilans.workflow import Step
from clients.models import Case
from clients.permissions import CaseRole
from clients.states import CaseState

DAYS_LET_IN = 30
"""Proposed length of a part in a case; whoever lets somebody in may say otherwise."""


class StepForm(forms.Form):
    """What one step asks: a reason, and on hold the day until which."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays in the history of the case."),
        max_length=500,
        widget=LongText(limit=500, attrs={"rows": 3}),
    )
    until = forms.DateField(
        label=_("On hold until"),
        help_text=_("On this day the case comes back to the top of your list."),
        widget=PolishDateInput(),
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not step.needs_reason:
            self.fields["reason"].required = False
        if step.name == "withdraw":
            self.fields["reason"].help_text = _("A client who withdraws owes no reason.")
        if step.target != CaseState.ON_HOLD:
            del self.fields["until"]


class NextStepForm(RecordForm):
    """What comes next, and by when."""

    class Meta:
        model = Case
        fields = ("next_step", "due_on")
        labels = {"next_step": _("What comes next?"), "due_on": _("By when?")}
        help_texts = {
            "next_step": _("The client sees it in the portal."),
            "due_on": _("On this day the case comes to the top of your list."),
        }
        widgets = {"due_on": PolishDateInput()}


class LetInForm(forms.Form):
    """Somebody of the office, why they are let in and until when."""

    user = forms.ChoiceField(label=_("Person"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The client reads it, for instance: stands in during a holiday."),
        max_length=300,
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Empty: until the case is archived."),
        required=False,
        widget=PolishDateInput(),
    )

    def __init__(self, *args: Any, staff: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {str(each.user_id): each for each in staff if each.role in CaseRole.values}
        people = sorted(self.staff.values(), key=lambda each: sort_key(each.user.full_name))
        cast("forms.ChoiceField", self.fields["user"]).choices = [
            ("", _("Choose a person")),
            *((str(p.user_id), f"{p.user.full_name} – {p.get_role_display()}") for p in people),
        ]
        self.initial.setdefault("ends_on", timezone.localdate() + timedelta(days=DAYS_LET_IN))

    def part(self) -> dict[str, Any]:
        """What ``assign`` takes; the part in the case follows from the job in the office."""
        member = self.staff[self.cleaned_data["user"]]
        return {
            "user": member.user,
            "role": member.role,
            "reason": self.cleaned_data["reason"],
            "ends_at": _end_of(self.cleaned_data["ends_on"]),
        }


class EndPartForm(forms.Form):
    """Whose part in the case ends."""

    assignment = forms.UUIDField()


class QualificationForm(forms.Form):
    """One published version of a qualification."""

    version = forms.ChoiceField(label=_("Qualification"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, versions: Iterable[QualificationVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [(str(each.pk), str(each)) for each in versions]
        cast("forms.ChoiceField", self.fields["version"]).choices = self.offered

    def chosen(self) -> UUID:
        return UUID(self.cleaned_data["version"])


def _end_of(day: date | None) -> datetime | None:
    """The moment after the last day, which still counts."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
