"""The table of steps: every stage against every step, and what waits for what."""

import pytest

from bilans.errors import InvalidInput, NotPermitted, TransitionRefused
from clients.models import Case
from clients.services import move_case, move_case_by_act
from clients.states import RUNNING, CaseState
from clients.workflow import CASE_WORKFLOW, HELD_FROM, onward_step, target_of
from tests.factories import make_case, make_person

S = CaseState
UNDER_WAY = {*RUNNING, S.ON_HOLD}

MOVES = {
    "screen": ({S.ENQUIRY}, S.SCREENING),
    "agree": ({S.ENQUIRY, S.SCREENING}, S.AGREED),
    "sign": ({S.AGREED}, S.CONTRACT_IN_FORCE),
    "recognise": ({S.CONTRACT_IN_FORCE}, S.RECOGNITION),
    "synthesise": ({S.RECOGNITION}, S.SYNTHESIS),
    "agree_results": ({S.SYNTHESIS}, S.AGREEING),
    "plan": ({S.AGREEING}, S.PLANNING),
    "close": ({S.AGREEING, S.PLANNING}, S.CLOSED),
    "follow_up": ({S.CLOSED}, S.FOLLOW_UP),
    "archive": ({S.CLOSED, S.FOLLOW_UP}, S.ARCHIVED),
    "resume": ({S.ON_HOLD}, HELD_FROM),
    "hold": (set(RUNNING), S.ON_HOLD),
    "decline": ({S.ENQUIRY, S.SCREENING, S.AGREED}, S.DECLINED),
    "withdraw": (UNDER_WAY, S.WITHDRAWN),
    "refer": (UNDER_WAY, S.REFERRED),
    "transfer": (UNDER_WAY, S.TRANSFERRED),
}
ONWARD = {
    S.ENQUIRY: "screen",
    S.SCREENING: "agree",
    S.AGREED: "sign",
    S.CONTRACT_IN_FORCE: "recognise",
    S.RECOGNITION: "synthesise",
    S.SYNTHESIS: "agree_results",
    S.AGREEING: "plan",
    S.PLANNING: "close",
    S.CLOSED: "follow_up",
    S.FOLLOW_UP: "archive",
    S.ON_HOLD: "resume",
}


@pytest.fixture
def no_guards(monkeypatch):
    """The table alone: what higher apps demand is proved where they demand it."""
    monkeypatch.setattr(CASE_WORKFLOW, "_guards", {step.name: [] for step in CASE_WORKFLOW})


def test_the_table_is_the_one_of_the_process_map():
    table = {step.name: (set(step.sources), step.target) for step in CASE_WORKFLOW}
    assert table == MOVES


@pytest.mark.parametrize("state", CaseState)
def test_each_stage_offers_one_step_onward(state):
    step = onward_step(state)
    assert (step and step.name) == ONWARD.get(state)


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("step", list(CASE_WORKFLOW), ids=lambda step: step.name)
def test_every_pair_of_stage_and_step_is_decided(no_guards, step, state):
    case = Case(state=state, held_from=S.SYNTHESIS if state == S.ON_HOLD else "")
    sources, target = MOVES[step.name]
    if state in sources:
        CASE_WORKFLOW.check(step, case)
        assert target_of(step, case) == (S.SYNTHESIS if target == HELD_FROM else target)
        return
    with pytest.raises(TransitionRefused) as refusal:
        CASE_WORKFLOW.check(step, case)
    assert refusal.value.code == "wrong_state"


@pytest.mark.django_db
class TestMoving:
    @pytest.fixture
    def advisor(self):
        return make_person()

    def test_a_held_case_comes_back_to_where_it_was(self, advisor, no_guards, day_in):
        case = make_case(advisor=advisor, state=S.SYNTHESIS)
        held = move_case(
            actor=advisor, case_id=case.pk, step="hold", reason="choroba", until=day_in(days=14)
        )
        assert (held.state, held.held_from, held.held_until, held.due_on) == (
            S.ON_HOLD, S.SYNTHESIS, day_in(days=14), day_in(days=14),
        )  # fmt: skip

        back = move_case(actor=advisor, case_id=case.pk, step="resume")

        assert (back.state, back.held_from, back.held_until) == (S.SYNTHESIS, "", None)

    @pytest.mark.parametrize("step", ["decline", "refer", "transfer"])
    def test_the_office_ends_a_case_only_with_a_reason(self, advisor, step):
        case = make_case(advisor=advisor)
        with pytest.raises(InvalidInput) as refusal:
            move_case(actor=advisor, case_id=case.pk, step=step, reason="  ")
        assert (refusal.value.code, refusal.value.field) == ("reason_missing", "reason")
        case.refresh_from_db()
        assert (case.state, case.closed_on) == (S.ENQUIRY, None)

        ended = move_case(actor=advisor, case_id=case.pk, step=step, reason="brak miejsc")

        assert ended.state == CASE_WORKFLOW[step].target
        assert ended.closed_on is not None

    def test_the_client_withdraws_without_a_reason(self, advisor):
        case = make_case(advisor=advisor, state=S.RECOGNITION)
        assert move_case(actor=advisor, case_id=case.pk, step="withdraw").state == S.WITHDRAWN

    @pytest.mark.parametrize(("until", "code"), [(None, "until_missing"), (-1, "until_past")])
    def test_a_hold_says_until_when(self, advisor, until, code, day_in):
        case = make_case(advisor=advisor)
        day = None if until is None else day_in(days=until)
        with pytest.raises(InvalidInput) as refusal:
            move_case(actor=advisor, case_id=case.pk, step="hold", reason="urlop", until=day)
        assert (refusal.value.code, refusal.value.field) == (code, "until")

    def test_signing_is_not_taken_by_hand(self, advisor):
        case = make_case(advisor=advisor, state=S.AGREED)
        with pytest.raises(TransitionRefused) as refusal:
            move_case(actor=advisor, case_id=case.pk, step="sign")
        assert refusal.value.code == "by_service"
        assert move_case_by_act(actor=advisor, case_id=case.pk, step="sign").state == (
            S.CONTRACT_IN_FORCE
        )

    def test_a_step_of_people_is_not_taken_by_an_act(self, advisor):
        case = make_case(advisor=advisor)
        with pytest.raises(NotPermitted):
            move_case_by_act(actor=advisor, case_id=case.pk, step="screen")

    def test_a_step_nobody_knows_is_refused_as_such(self, advisor):
        case = make_case(advisor=advisor)
        with pytest.raises(InvalidInput) as refusal:
            move_case(actor=advisor, case_id=case.pk, step="fly")
        assert refusal.value.code == "step_unknown"

    def test_permission_is_judged_before_the_stage(self, advisor):
        supervisor = make_person(role="supervisor", office=advisor.membership.organisation)
        case = make_case(advisor=advisor, supervisor=supervisor, state=S.CLOSED)
        with pytest.raises(NotPermitted):
            move_case(actor=supervisor, case_id=case.pk, step="screen")

    def test_a_stranger_is_told_nothing(self, advisor):
        case = make_case(advisor=advisor)
        stranger = make_person(office=advisor.membership.organisation)
        with pytest.raises(Case.DoesNotExist):
            move_case(actor=stranger, case_id=case.pk, step="screen")

    def test_recognition_waits_for_the_contract(self, advisor):
        case = make_case(advisor=advisor, state=S.CONTRACT_IN_FORCE)
        with pytest.raises(TransitionRefused) as refusal:
            move_case(actor=advisor, case_id=case.pk, step="recognise")
        assert refusal.value.code == "contract_missing"
        case.refresh_from_db()
        assert case.state == S.CONTRACT_IN_FORCE
