"""Looks at clients and cases: each leaves one entry before anything is shown."""

from datetime import date
from uuid import UUID

from bilans.access import Actor, require, require_office
from bilans.accounts.permissions import OfficePermission
from bilans.audit.registry import EventType
from bilans.audit.services import record, unit_of_work
from clients import events
from clients.permissions import CasePermission
from clients.selectors.caseload import CaseFilters, Caseload, caseload, words_of
from clients.selectors.cases import CasePage, case_page


def read_caseload(*, actor: Actor, filters: CaseFilters, today: date, search: str = "") -> Caseload:
    """List the actor's cases; one entry for the whole list, in the actor's own stream.

    Raises:
        NotPermitted: the actor's job has no list of cases.
    """
    with unit_of_work():
        require_office(actor, OfficePermission.SEE_CASELOAD)
        term = words_of(search)
        shown = caseload(actor=actor, filters=filters, term=term, today=today)
        facts = {"filters": filters.codes, "cases": [str(row.id) for row in shown.rows]}
        if term:
            facts["term"] = term
        record(
            events.CASELOAD_SEARCHED if term else events.CASELOAD_READ,
            actor=actor,
            subject=actor,
            count=len(shown.rows),
            data=facts,
        )
        return shown


def read_case(*, actor: Actor, case_id: UUID) -> CasePage:
    """Open the page of a case and leave one entry that the client can read.

    Raises:
        Case.DoesNotExist: no such case for the actor.
    """
    return _read(events.CASE_READ, None, actor=actor, case_id=case_id)


def read_history(*, actor: Actor, case_id: UUID) -> CasePage:
    """Open the whole history of a case, looks included.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor may not see the course of the case.
    """
    return _read(events.HISTORY_READ, CasePermission.VIEW_HISTORY, actor=actor, case_id=case_id)


def read_people(*, actor: Actor, case_id: UUID) -> CasePage:
    """Open the list of those who are let into a case.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor may not change who is let in.
    """
    return _read(events.PEOPLE_READ, CasePermission.SHARE, actor=actor, case_id=case_id)


def read_steering(*, actor: Actor, case_id: UUID) -> CasePage:
    """Open a form that steers the case (its step, its next date, its qualification).

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor does not steer the case.
    """
    return _read(events.CASE_READ, CasePermission.STEER, actor=actor, case_id=case_id)


def read_portal(*, actor: Actor, case_id: UUID) -> CasePage:
    """Open the client's own page of a case.

    Raises:
        Case.DoesNotExist: no such case for the actor.
    """
    return _read(events.PORTAL_READ, None, actor=actor, case_id=case_id)


def _read(
    event: EventType, permission: CasePermission | None, *, actor: Actor, case_id: UUID
) -> CasePage:
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        if permission is not None:
            require(actor, permission, page.case)
        record(event, actor=actor, subject=page.case)
        return page
