"""What the portal asks the client to do about evidence."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from bilans.access import Actor
from clients.models import Case
from clients.portalpages import PortalTask
from clients.states import CaseState
from portfolio.selectors.evidence import has_evidence

_ASKED_IN = frozenset(
    {CaseState.RECOGNITION, CaseState.SYNTHESIS, CaseState.AGREEING, CaseState.CONTRACT_IN_FORCE}
)


def evidence_tasks(*, actor: Actor, case: Case) -> Iterator[PortalTask]:
    """Ask for the first piece of evidence while the balance goes on; lead back to it ever after."""
    url = reverse("portfolio:portal_evidence_list", kwargs={"case_id": case.pk})
    if has_evidence(case):
        yield PortalTask(title=_("My evidence"), url=url, done=True)
        return
    if case.state not in _ASKED_IN:
        return
    yield PortalTask(
        title=_("Add evidence of what you can do"),
        detail=_(
            "A certificate, a reference, a photo of your work. A photo from the phone is enough."
        ),
        url=url,
        minutes=5,
        button=_("Add"),
    )
