import json
import uuid

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.urls import reverse

from bilans.audit.selectors import history
from bilans.errors import InvalidInput, NotPermitted
from clients.models import Draft
from clients.services import discard_draft, find_draft, save_contract, save_draft
from tests.clients.contract_samples import CANARY, WORDS, prepared, without
from tests.factories import make_case, make_person, make_portal_user

pytestmark = pytest.mark.django_db

FORM = "clients.contract"


def keep(actor, case, target_id=None, *, base_version=0, **values):
    return save_draft(
        actor=actor,
        case_id=case.pk,
        form=FORM,
        target_id=target_id or case.pk,
        base_version=base_version,
        values=values or {"main_goal": CANARY},
    )


def post(client, case, *, target=None, **changes):
    sent = {
        "form": FORM, "object": str(target or case.pk), "base_version": 0, "seq": 1,
        "values": {"main_goal": CANARY},
    }  # fmt: skip
    return client.post(
        reverse("clients:draft"),
        json.dumps(sent | changes),
        content_type="application/json",
        headers={"accept": "application/json"},
    )


def test_a_draft_is_sealed_and_found_again_by_its_writer_only():
    advisor, colleague = make_person(), make_person()
    case = make_case(advisor=advisor)
    keep(advisor, case)

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(d)::text FROM clients_draft d")
        (row,) = cursor.fetchone()

    assert CANARY not in row
    assert CANARY.encode().hex() not in row
    found = find_draft(actor=advisor, case_id=case.pk, form=FORM, target_id=case.pk)
    assert found.values == {"main_goal": CANARY}
    assert find_draft(actor=colleague, case_id=case.pk, form=FORM, target_id=case.pk) is None


def test_typing_on_leaves_one_draft_and_one_entry():
    advisor = make_person()
    case = make_case(advisor=advisor)

    for number in range(5):
        keep(advisor, case, main_goal=f"Cel {number}")

    assert Draft.objects.get().values == {"main_goal": "Cel 4"}
    codes = [entry.code for entry in history(case.audit_stream, readings=True)]
    assert codes.count("clients.draft.begun") == 1


def test_saving_for_good_puts_the_draft_away():
    advisor, case, contract = prepared()
    keep(advisor, case, contract.pk, base_version=contract.version)

    save_contract(actor=advisor, case_id=case.pk, content=WORDS, base_version=contract.version)

    assert not Draft.objects.exists()
    assert "clients.draft.ended" in [
        entry.code for entry in history(case.audit_stream, readings=True)
    ]


def test_the_first_saving_puts_the_draft_of_the_new_contract_away():
    advisor = make_person()
    case = make_case(advisor=advisor)
    keep(advisor, case)

    save_contract(actor=advisor, case_id=case.pk, content=WORDS, base_version=None)

    assert not Draft.objects.exists()


def test_a_conflict_keeps_both_texts():
    advisor, case, contract = prepared()
    save_contract(
        actor=advisor, case_id=case.pk, content=without(main_goal="Inny"),
        base_version=contract.version,
    )  # fmt: skip

    saved = keep(advisor, case, contract.pk, base_version=contract.version)

    assert saved.conflict.theirs["main_goal"] == "Inny"
    assert saved.conflict.theirs["goals-0-text"] == "Mam spis tego, co umiem"
    assert saved.conflict.version == contract.version + 1
    assert Draft.objects.get().values == {"main_goal": CANARY}
    contract.refresh_from_db()
    assert contract.main_goal == "Inny"


def test_a_foreign_case_is_refused_like_a_missing_one():
    advisor = make_person()
    case = make_case()

    for case_id in (case.pk, uuid.uuid4()):
        with pytest.raises(ObjectDoesNotExist):
            save_draft(
                actor=advisor, case_id=case_id, form=FORM, target_id=case_id, base_version=0,
                values={},
            )  # fmt: skip
    assert not Draft.objects.exists()


def test_a_row_of_another_case_is_not_edited_from_here():
    advisor, _case, contract = prepared()
    mine = make_case(advisor=advisor)

    with pytest.raises(ObjectDoesNotExist):
        keep(advisor, mine, contract.pk)


def test_whoever_may_not_save_the_form_may_not_draft_it():
    case = make_case()
    client = make_portal_user(case)

    with pytest.raises(NotPermitted):
        keep(client, case)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": "in_force"}, "draft_field_unknown"),
        ({"goals-0-sealed": "x"}, "draft_field_unknown"),
        ({"goals-999-text": "x"}, "draft_field_unknown"),
        ({"main_goal": "x" * 20_001}, "draft_too_large"),
        ({"main_goal": {"a": 1}}, "draft_too_large"),
        ({"main_goal": 7}, "draft_too_large"),
        ({"main_goal": ["x"] * 201}, "draft_too_large"),
    ],
)
def test_a_draft_holds_only_the_fields_of_its_form(values, code):
    advisor = make_person()
    case = make_case(advisor=advisor)

    with pytest.raises(InvalidInput) as caught:
        keep(advisor, case, **values)

    assert caught.value.code == code
    assert not Draft.objects.exists()


def test_rows_of_the_composer_may_be_drafted():
    advisor = make_person()
    case = make_case(advisor=advisor)
    values = {"goals-TOTAL_FORMS": "3", "goals-2-due": "2026-12-01", "difficulties-0-remedy": "x"}

    keep(advisor, case, **values)

    assert Draft.objects.get().values == values


# -- the address -------------------------------------------------------------------------


def test_the_address_answers_in_the_shape_the_page_expects(client):
    advisor = make_person()
    case = make_case(advisor=advisor)
    client.force_login(advisor)

    response = post(client, case, seq=7)

    assert response.status_code == 200
    assert response.json()["seq"] == 7
    assert len(response.json()["saved_at"]) == len("12:04:31")


def test_the_address_tells_a_conflict_with_the_saved_texts(client):
    advisor, _case, contract = prepared()
    client.force_login(advisor)

    response = post(client, None, target=contract.pk, base_version=contract.version - 1)

    body = response.json()
    assert response.status_code == 409
    assert (body["version"], body["theirs"]["ending"]) == (contract.version, WORDS.ending)
    assert Draft.objects.get().target_id == contract.pk


def test_the_address_answers_401_to_a_script_whose_log_in_is_gone(client):
    response = post(client, make_case())

    assert response.status_code == 401
    assert not Draft.objects.exists()


def test_foreign_and_missing_rows_answer_alike(client):
    client.force_login(make_person())
    _advisor, case, contract = prepared()

    answers = [post(client, case), post(client, case, target=contract.pk)]
    answers.append(post(client, case, target=uuid.uuid4()))

    assert {(each.status_code, each.content) for each in answers} == {(404, answers[0].content)}


def sent(**changes):
    whole = {"form": FORM, "object": str(uuid.UUID(int=7)), "base_version": 0, "seq": 1}
    return json.dumps(whole | {"values": {}} | changes)


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "{", '"x"', '{"form": 1}', sent(object="x"), sent(object=None),
        sent(base_version=-1), sent(base_version=2**40), sent(base_version="1"), sent(values=[]),
        sent(form=None), sent(seq="x"),
    ],
)  # fmt: skip
def test_a_malformed_draft_is_refused(client, body):
    client.force_login(make_person())

    response = client.post(
        reverse("clients:draft"), body, content_type="application/json",
        headers={"accept": "application/json"},
    )  # fmt: skip

    assert (response.status_code, response.json()["code"]) == (422, "draft_unreadable")


def test_a_draft_larger_than_any_form_is_refused_unread(client):
    advisor = make_person()
    case = make_case(advisor=advisor)
    client.force_login(advisor)

    response = post(client, case, values={"main_goal": "x" * 600_000})

    assert response.status_code == 413


def test_the_draft_stands_in_the_form_and_can_be_put_away(client):
    advisor, case, contract = prepared()
    keep(
        advisor, case, contract.pk, base_version=contract.version,
        **{"main_goal": CANARY, "goals-TOTAL_FORMS": "1", "goals-0-text": "Cel ze szkicu"},
    )  # fmt: skip
    client.force_login(advisor)
    address = reverse("clients:contract", args=[case.pk])

    page = client.get(address)
    assert CANARY in page.text
    assert "Cel ze szkicu" in page.text
    response = client.post(
        reverse("clients:draft_discard"), {"form": FORM, "object": contract.pk, "next": address}
    )

    assert (response.status_code, response.url) == (302, address)
    assert CANARY not in client.get(address).text


@pytest.mark.parametrize("back", ["https://zly.example/", "//zly.example", "javascript:alert(1)"])
def test_putting_a_draft_away_leads_nowhere_else(client, back):
    client.force_login(make_person())

    response = client.post(
        reverse("clients:draft_discard"), {"form": FORM, "object": uuid.uuid4(), "next": back}
    )

    assert response.url == "/"


def test_nobody_puts_away_what_another_has_typed():
    advisor = make_person()
    case = make_case(advisor=advisor)
    keep(advisor, case)

    assert not discard_draft(actor=make_person(), case_id=case.pk, form=FORM, target_id=case.pk)
    assert Draft.objects.count() == 1


def test_a_form_nobody_announced_has_no_draft_to_put_away(client):
    advisor = make_person()
    case = make_case(advisor=advisor)
    client.force_login(advisor)

    for name in ("\0", "clients.unknown"):
        answer = client.post(reverse("clients:draft_discard"), {"form": name, "object": case.pk})
        assert answer.status_code == 302
