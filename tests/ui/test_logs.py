"""The operator learns that and where something broke, never what was in it."""

import logging

import orjson
import pytest
from django.urls import reverse

from bilans.accounts import services
from bilans.ui.logs import LineFormatter
from tests.factories import make_person

pytestmark = pytest.mark.django_db

SECRET = "Grażyna Żółkiewska"


@pytest.fixture
def lines():
    written = []

    class Keeper(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(LineFormatter())
    logging.getLogger().addHandler(keeper)
    yield written
    logging.getLogger().removeHandler(keeper)


def test_an_error_is_told_by_type_place_route_and_request(client, lines, monkeypatch):
    def broken(**_asked):
        raise ValueError(SECRET) from KeyError(SECRET)

    monkeypatch.setattr(services, "read_invitation", broken)
    client.force_login(make_person())
    client.raise_request_exception = False

    answer = client.get(reverse("accounts:invitation", args=["a-token-nobody-may-learn"]))

    assert answer.status_code == 500
    (line,) = [orjson.loads(each) for each in lines]
    assert (line["level"], line["status"], line["route"]) == ("ERROR", 500, "accounts:invitation")
    assert [each["type"] for each in line["error"]] == ["ValueError", "KeyError"]
    assert line["error"][0]["at"][-1].endswith(" broken")
    assert line["request"]
    assert not [word for word in (SECRET, "token-nobody") if word in "".join(lines)]


def test_a_refusal_is_told_without_its_address(client, lines):
    client.get("/zaproszenie/a-token-nobody-may-learn/")

    (line,) = lines
    assert orjson.loads(line)["status"] == 410
    assert "token-nobody" not in line


def test_errors_reach_the_operator_in_every_settings(settings):
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert not logging.getLogger("django").handlers
