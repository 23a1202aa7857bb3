"""What every office page of a case shares: head, rail, tabs, and ways to what is missing.

Higher apps register their tabs and remedies in ``AppConfig.ready``.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bilans.ui.shapes import RailStep, Words, rail_steps
from clients.models import Case
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage
from clients.states import ENDED, CaseState, RailStage


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTab:
    """A tab on the pages of a case, shown to whoever holds its permission."""

    key: str
    label: Words
    route: str
    permission: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Where to go for what a refusal misses."""

    label: Words
    route: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words."""

    url: str
    label: Words
    here: bool = False


_tabs: dict[str, CaseTab] = {}
_remedies: dict[str, Remedy] = {}


def register_tab(tab: CaseTab) -> None:
    """Put a tab on every office page of a case."""
    _tabs[tab.key] = tab


def register_remedy(code: str, *, label: Words, route: str) -> None:
    """Say where to mend the refusal ``code``; the route takes ``case_id``.

    A stage's name (``agreed``) works too: the page of a case in a stage that only an act
    can leave points to the place of that act.
    """
    _remedies[code] = Remedy(label=label, route=route)


def remedy_link(code: str, case_id: UUID) -> Link | None:
    """The way to what is missing, if anybody registered one."""
    remedy = _remedies.get(code)
    if remedy is None:
        return None
    url = _address(remedy.route, case_id)
    return None if url is None else Link(url, remedy.label)


def rail_of(case: Case) -> list[RailStep]:
    """The seven stages of the method, and where this case stands."""
    stages = list(RailStage)
    finished = case.state in {CaseState.CLOSED, CaseState.FOLLOW_UP, CaseState.ARCHIVED}
    current = len(stages) if finished else stages.index(case.rail_stage)
    return rail_steps([stage.label for stage in stages], current)


def rail_note(case: Case) -> str:
    """What the rail alone cannot tell: on hold, or ended before the last stage."""
    if case.state == CaseState.ON_HOLD:
        if case.held_until is None:
            return _("On hold")
        return _("On hold until %(day)s") % {"day": date_format(case.held_until, "j E Y")}
    if case.state in ENDED - {CaseState.CLOSED, CaseState.FOLLOW_UP, CaseState.ARCHIVED}:
        return _("Ended: %(state)s") % {"state": case.get_state_display()}
    return ""


def case_context(request: HttpRequest, *, page: CasePage, tab: str) -> dict[str, Any]:
    """Give ``clients/office/case_base.html`` what it shows.

    Args:
        request: the request being answered.
        page: from ``clients.selectors.cases.case_page`` or ``read_case``.
        tab: key of the registered tab the page stands under.
    """
    case = page.case
    tabs = []
    for each in sorted(_tabs.values(), key=lambda known: known.order):
        url = _address(each.route, case.pk)
        if url is not None and each.permission in page.held:
            tabs.append(Link(url, each.label, here=each.key == tab))
    return {
        "page": page,
        "case": case,
        "case_name": page.name,
        "case_rail": rail_of(case),
        "case_note": rail_note(case),
        "case_tabs": tabs,
        "case_tab": _tabs[tab].label if tab in _tabs else "",
    }


def _address(route: str, case_id: UUID) -> str | None:
    try:
        return reverse(route, kwargs={"case_id": case_id})
    except NoReverseMatch:  # an office may run without that part
        return None


register_tab(
    CaseTab(
        key="case",
        label=gettext_lazy("Course"),
        route="clients:case",
        permission=CasePermission.VIEW,
        order=10,
    )
)
register_tab(
    CaseTab(
        key="history",
        label=gettext_lazy("History"),
        route="clients:history",
        permission=CasePermission.VIEW_HISTORY,
        order=90,
    )
)
