"""Every service asks who acts before it looks at anything else.

Pages, commands and the API all end in services, so this is where a permission must hold.
Each service is called by each kind of person with ids that exist and with values that
break as soon as they are looked at: whoever may not act has to be refused before that.
"""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from bilans.errors import NotPermitted
from clients.models import Case, CaseUserObjectPermission
from clients.services.contracts import CONTRACT_FORM
from interviews.models import StarRecord
from portfolio.models import Evidence
from tests.access.asking import Visitors, undone

APPS = ("bilans.accounts", "clients", "interviews", "portfolio", "reports")
ADVISOR = frozenset({"advisor"})
CLIENT = frozenset({"client"})
LOOKING = frozenset({"advisor", "supervisor"})
BOTH = frozenset({"advisor", "client"})
ALL = frozenset({"advisor", "supervisor", "client"})
ANY_ADVISOR = frozenset({"advisor", "stranger", "outsider"})
OFFICE = ANY_ADVISOR | {"supervisor"}

MAY = {
    "accounts.end_membership": frozenset({"supervisor"}),
    "accounts.invite": frozenset({"supervisor"}),
    "accounts.read_people": frozenset({"supervisor"}),
    "accounts.revoke_invitation": frozenset({"supervisor"}),
    "clients.amend_contract": ADVISOR,
    "clients.ask_for_change": CLIENT,
    "clients.assign": ADVISOR,
    "clients.confirm_receipt": CLIENT,
    "clients.contract_to_write": ADVISOR,
    "clients.correct_client": ADVISOR,
    "clients.deliver_document": ADVISOR,
    "clients.end_assignment": ADVISOR,
    "clients.invite_to_portal": ADVISOR,
    "clients.issue_document": ADVISOR,
    "clients.move_case": ADVISOR,
    "clients.offer_contract": ADVISOR,
    "clients.open_case": ADVISOR,
    "clients.open_first_case": ANY_ADVISOR,
    "clients.pin_qualification": ADVISOR,
    "clients.read_case": ALL,
    "clients.read_caseload": OFFICE,
    "clients.read_client": ADVISOR,
    "clients.read_contract": ALL,
    "clients.read_contract_preview": frozenset(),  # in this world none is being prepared
    "clients.read_document": ALL,
    "clients.read_documents": ALL,
    "clients.read_history": LOOKING,
    "clients.read_invitation_page": ADVISOR,
    "clients.read_people": ADVISOR,
    "clients.read_portal": ALL,
    "clients.read_scan": ALL,
    "clients.read_steering": ADVISOR,
    "clients.register_client": ANY_ADVISOR,
    "clients.reopen_contract": ADVISOR,
    "clients.save_contract": ADVISOR,
    "clients.save_draft": ADVISOR,
    "clients.seek_namesakes": ANY_ADVISOR,
    "clients.set_next_step": ADVISOR,
    "clients.sign_contract_in_portal": CLIENT,
    "clients.sign_contract_on_paper": ADVISOR,
    "interviews.add_star": ADVISOR,
    "interviews.complete_star": ADVISOR,
    "interviews.finish_interview": ADVISOR,
    "interviews.make_statement": ADVISOR,
    "interviews.present_statements": ADVISOR,
    "interviews.read_interview": ADVISOR,
    "interviews.read_interviews": ALL,
    "interviews.read_new_statement": ADVISOR,
    "interviews.read_positions": ALL,
    "interviews.read_presented": CLIENT,
    "interviews.read_presented_statement": CLIENT,
    "interviews.read_star": ALL,
    "interviews.read_statement": ALL,
    "interviews.read_statements": ALL,
    "interviews.record_position": ADVISOR,
    "interviews.reopen_interview": ADVISOR,
    "interviews.restore_star": ADVISOR,
    "interviews.restore_statement": ADVISOR,
    "interviews.save_note": ADVISOR,
    "interviews.save_star": ADVISOR,
    "interviews.save_statement": ADVISOR,
    "interviews.set_aside_star": ADVISOR,
    "interviews.start_interview": ADVISOR,
    "interviews.state_position": CLIENT,
    "interviews.withdraw_statement": ADVISOR,
    "portfolio.add_evidence": BOTH,
    "portfolio.describe_evidence": BOTH,
    "portfolio.link_to_criterion": BOTH,
    "portfolio.open_evidence_file": BOTH,
    "portfolio.read_evidence": BOTH,
    "portfolio.read_portfolio": BOTH,
    "portfolio.remove_support": BOTH,
    "portfolio.support_statement": BOTH,
    "portfolio.unlink_criterion": BOTH,
    "portfolio.withdraw_evidence": BOTH,
    "reports.issue_report": ADVISOR,
    "reports.read_report_page": ADVISOR,
    "reports.write_report": ADVISOR,
}
OFFICE_WIDE = {
    "clients.open_first_case",
    "clients.register_client",
    "clients.open_case",
    "clients.seek_namesakes",
}
"""Acts before there is a case; the job in the office decides."""

ASKED_ELSEWHERE = {
    "accounts.log_out": "everybody may leave",
    "clients.accept_upload": "its callers have asked; it only stores",
    "clients.store_bytes": "its callers have asked; it only stores",
    "clients.move_case_by_act": "the service of the act has asked; it refuses people's steps",
    "clients.discard_draft": "knows the actor's own drafts only",
    "clients.find_draft": "knows the actor's own drafts only",
    "clients.may_deliver": "answers the question itself",
}


class Unseen:
    """A value nobody may look at before the permission is clear."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"looked at .{name}")


def services() -> dict[str, Callable[..., Any]]:
    """Every offered service that somebody acts through."""
    found = {}
    for app in APPS:
        module = import_module(f"{app}.services")
        for name in module.__all__:
            service = getattr(module, name)
            if inspect.isfunction(service) and "actor" in inspect.signature(service).parameters:
                found[f"{app.rpartition('.')[2]}.{name}"] = service
    return found


def test_every_service_says_who_may() -> None:
    assert services().keys() - ASKED_ELSEWHERE.keys() == MAY.keys()


def test_every_service_refuses_everybody_else_before_it_looks_at_anything(
    visitors: Visitors,
) -> None:
    people = {who: user for who, user in visitors.world.people.items() if user}
    given = {
        name: frozenset(who for who in people if _let_in(visitors, service, who))
        for name, service in services().items()
        if name in MAY
    }
    assert {
        name: (set(who), set(MAY[name])) for name, who in given.items() if who != MAY[name]
    } == {}


@pytest.mark.parametrize("who", ["advisor", "client"])
def test_whoever_may_only_look_may_not_act(visitors: Visitors, who: str) -> None:
    """The same person in the same case, whose grants to act were taken back."""
    acting = {
        name: service
        for name, service in services().items()
        if who in MAY.get(name, ())
        and name not in OFFICE_WIDE
        and not name.partition(".")[2].startswith(("read_", "open_evidence"))
    }
    with undone():
        CaseUserObjectPermission.objects.filter(user=visitors.world.people[who]).exclude(
            permission__codename__startswith="view_"
        ).delete()
        let_in = {name for name, service in acting.items() if _let_in(visitors, service, who)}
    assert let_in == set()


def _let_in(visitors: Visitors, service: Callable[..., Any], who: str) -> bool:
    world = visitors.world
    given = {
        **world.mine.ids,
        "actor": world.people[who],
        "case": Case.objects.get(pk=world.mine.ids["case_id"]),
        "user": world.people["stranger"],
        "organisation": world.people["supervisor"].membership.organisation,  # type: ignore[union-attr]
        "role": "supervisor",
        "step": "hold",
        "kind": "contract",
        "form": CONTRACT_FORM,
        "target_id": world.mine.ids["case_id"],
    }
    needed = {
        name: given.get(name, Unseen())
        for name, parameter in inspect.signature(service).parameters.items()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    }
    with undone():
        try:
            service(**needed)
        except (NotPermitted, ObjectDoesNotExist):
            return False
        except Exception:  # noqa: BLE001 -- let in, and then stopped by what it was given
            return True
    return True


def test_nothing_was_left_behind(visitors: Visitors) -> None:
    ids = visitors.world.mine.ids
    assert Evidence.objects.get(pk=ids["evidence_id"]).state == "available"
    assert StarRecord.objects.get(pk=ids["star_id"]).removed_at is None
