"""A day at the office through the browser, mistakes and crashes included; then the search.

Whoever carries away the dump, the data files with their write-ahead log, the server's log,
the sessions, the files folder or our own log, and no key, finds none of what was typed.
"""

import logging
import subprocess
import tempfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bilans.accounts.models import User
from bilans.accounts.permissions import Role
from bilans.audit.services import unit_of_work
from bilans.crypto.binding import KeyClass
from bilans.database.server import ADMIN
from clients.models import Case
from clients.models import Client as Card
from clients.services import store_bytes
from tests.factories import PASSWORD, make_office, make_person
from tests.protection.encodings import found_in, shapes

pytestmark = pytest.mark.django_db(transaction=True)

GIVEN, FAMILY = "Świętosława", "Brzękalska-Gżegżółkowska"

PLANTED = "Wzdręgowska-Pszczółkiewicz"
"""Laid open on purpose; another word than those searched for, which share the server's files."""
WORDS = (
    GIVEN,
    FAMILY,
    "gżegżółkowska",
    "swietoslawa.gzegzolkowska@example.net",
    "67081402765",
    "0048-511-222-739",
    "Krzywoszyjna 13/7",
    "Wyrzucono mnie, bo upominałam się o nadgodziny",
    "Brzdękaczówna",  # the advisor
    "brzdekaczowna.advisor@example.net",
    "nikt.taki.obcy@example.net",  # typed by a stranger at the log-in
    "Kichawkowski-Nieletni",  # typed into a form that was refused
    "Uzgodnić termin z Wścieklicą",
    "Cel: chałupnictwo koronkarskie w Żmigrodzie",
    "szkic o koronczarce Pęcherzycowej",
    "dyplom_gzegzolkowska_1991.pdf",
    "Dyplom czeladniczy nr KCz-77123/91",
    "Kuśnierzewska-Źdźbłowa",  # searched for
    "haslo przepiorka zdzblo",
)


@pytest.fixture
def wal_start(server, db):
    with server.connect(ADMIN, connection.settings_dict["NAME"]) as admin:
        return admin.execute("SELECT pg_walfile_name(pg_current_wal_lsn())").fetchone()[0]


@pytest.fixture
def day(wal_start, caplog, tmp_path, settings, monkeypatch):
    """What happened: everything below was typed into pages, or handed over by a service."""
    caplog.set_level(logging.DEBUG)
    settings.BILANS_FILES = tmp_path / "files"
    office = make_office()
    advisor = make_person(
        office=office, full_name="Joanna Brzdękaczówna",
        email="brzdekaczowna.advisor@example.net", password="haslo przepiorka zdzblo",
    )  # fmt: skip
    make_person(office=office, role=Role.SUPERVISOR)
    browser = Client(raise_request_exception=False)
    login = reverse("accounts:login")
    browser.post(login, {"username": "nikt.taki.obcy@example.net", "password": PASSWORD})
    browser.post(login, {"username": "brzdekaczowna.advisor@example.net", "password": "źle"})
    let_in = browser.post(
        login,
        {"username": "Brzdekaczowna.Advisor@example.net", "password": "haslo przepiorka zdzblo"},
    )
    assert let_in.status_code == 302
    case = _case_typed(browser)
    _typed_into(browser, case)
    _crashes(browser, case, monkeypatch)
    with unit_of_work():
        store_bytes(
            actor=advisor, case=case, name="dyplom_gzegzolkowska_1991.pdf",
            data=b"%PDF-1.7 " + b"Dyplom czeladniczy nr KCz-77123/91" * 9000,
            media_type="application/pdf", protection=KeyClass.PORTFOLIO,
        )  # fmt: skip
    return caplog


def _case_typed(browser):
    address = reverse("clients:new_case")
    typed = {
        "given_name": GIVEN, "family_name": FAMILY, "birth_date": "1967-08-14",
        "pesel": "67081402765", "email": "swietoslawa.gzegzolkowska@example.net",
        "phone": "0048-511-222-739", "address": "ul. Krzywoszyjna 13/7, Nowy Sącz",
        "reason_for_contact": "Wyrzucono mnie, bo upominałam się o nadgodziny",
        "variant": "deepened", "next_step": "Rozmowa",
        "due_on": timezone.localdate().isoformat(), "_once": str(uuid4()),
    }  # fmt: skip
    minor = typed | {"family_name": "Kichawkowski-Nieletni", "birth_date": "2020-01-01"}
    assert browser.post(address, minor).status_code == 422
    answer = browser.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    return Case.objects.get()


def _typed_into(browser, case):
    browser.post(reverse("clients:caseload"), {"szukaj": "Kuśnierzewska-Źdźbłowa"})
    found = browser.post(reverse("clients:caseload"), {"szukaj": "gzegzolkowska"})
    assert FAMILY in found.content.decode()
    step = {
        "next_step": "Uzgodnić termin z Wścieklicą", "base_version": str(case.version),
        "due_on": timezone.localdate().isoformat(), "_once": str(uuid4()),
    }  # fmt: skip
    assert browser.post(reverse("clients:next_step", args=[case.pk]), step).status_code == 302
    stale = browser.post(
        reverse("clients:next_step", args=[case.pk]), step | {"_once": str(uuid4())}
    )
    assert stale.status_code == 409
    contract = {"main_goal": "Cel: chałupnictwo koronkarskie w Żmigrodzie", "_then": "save"}
    browser.post(reverse("clients:contract", args=[case.pk]), contract)
    draft = {
        "form": "clients.contract", "object": str(case.pk), "base_version": 0, "seq": 1,
        "values": {"main_goal": "szkic o koronczarce Pęcherzycowej"},
    }  # fmt: skip
    kept = browser.post(reverse("clients:draft"), draft, content_type="application/json")
    assert kept.status_code == 200, kept.content.decode()
    for route in ("case", "history", "people", "client_card", "contract"):
        assert browser.get(reverse(f"clients:{route}", args=[case.pk])).status_code == 200
    card = browser.get(reverse("clients:client_card", args=[case.pk])).content.decode()
    assert "Krzywoszyjna 13/7" in card


def _crashes(browser, case, monkeypatch):
    """A page that breaks while it holds everything in its local variables."""

    def broken(*, actor, case_id):
        row = Case.objects.select_related("client").get(pk=case_id)
        held = (row.client.full_name, row.client.pesel, actor.full_name, row.reason_for_contact)
        raise RuntimeError(f"broken with {len(held)} values")

    monkeypatch.setattr("clients.views.office.read_case", broken)
    assert browser.get(reverse("clients:case", args=[case.pk])).status_code == 500
    monkeypatch.undo()
    settings.BILANS_FILES.mkdir(exist_ok=True)
    with connection.cursor() as cursor:  # what the server itself may write into its log
        for statement in (
            "SELECT pg_sleep(0), 1 / (length(%s) - length(%s))",
            "SELECT %s::integer + length(%s)",
        ):
            try:
                cursor.execute(statement, [bytes(8), bytes(8)])
            except Exception:  # noqa: BLE001 -- it must fail: that is the mistake played here
                connection.rollback()


# -- where it is searched for --------------------------------------------------------


def _dump(server):
    name = connection.settings_dict["NAME"]
    return subprocess.run(
        [str(server.programs / "pg_dump"), "--no-password"],
        env=server.environment(ADMIN, name),
        capture_output=True,
        check=True,
    ).stdout


def _data_files(server, wal_start):
    """The heap of this database, the write-ahead log since the day began, the server's log."""
    with server.connect(ADMIN, connection.settings_dict["NAME"]) as admin:
        admin.execute("CHECKPOINT")
        (oid,) = admin.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    data = server.place.data
    wal = [path for path in (data / "pg_wal").iterdir() if wal_start <= path.name < "G"]
    heap = list((data / "base" / str(oid)).iterdir())
    assert wal
    assert len(heap) > 100
    return [path.read_bytes() for path in (*wal, *heap, data / "server.log") if path.is_file()]


def test_nothing_that_was_typed_lies_open_anywhere(day, server, wal_start):
    card = Card.objects.get()
    assert (card.given_name, card.family_name) == (GIVEN, FAMILY)
    assert User.objects.filter(is_active=True).count() == 2
    log = "\n".join(map(logging.Formatter().format, day.get_records("setup")))
    assert "RuntimeError: broken with 4 values" in log
    files = [path for path in settings.BILANS_FILES.rglob("*") if path.is_file()]
    assert files
    sessions = [str(each.get_decoded()) for each in Session.objects.all()]
    assert sessions

    leaks = {
        "the dump": found_in(_dump(server), WORDS),
        "the data files": [
            leak for content in _data_files(server, wal_start) for leak in found_in(content, WORDS)
        ],
        "the sessions": found_in("\n".join(sessions).encode(), WORDS),
        "the files": [leak for path in files for leak in found_in(path.read_bytes(), WORDS)],
        "the names of files": found_in("\n".join(map(str, files)).encode(), WORDS),
        "our log": found_in(log.encode(), WORDS),
        "the mail": found_in(str([each.message() for each in mail.outbox]).encode(), WORDS),
    }

    assert {place: found for place, found in leaks.items() if found} == {}
    assert _left_in_temporary_folder() == []


def _left_in_temporary_folder():
    return [
        path
        for path in Path(tempfile.gettempdir()).glob("*.upload*")
        if path.is_file() and path.stat().st_uid == Path.home().stat().st_uid
    ]


def test_the_search_finds_every_shape_of_what_lies_open(server, as_superuser, db):
    """Without this the silence above would prove nothing."""
    word = PLANTED
    planted = [
        (name, form) for name, forms in shapes(word).items() for form in forms if form.strip()
    ]

    missed = [name for name, form in planted if not found_in(b"\x00ab" + form + b"\x00", (word,))]

    assert missed == []
    assert {name for name, _form in planted} == set(shapes(word))
    as_superuser("CREATE TABLE planted (words text)", f"INSERT INTO planted VALUES ('{word}')")  # noqa: S608 -- a word of ours
    try:
        assert (word, "utf-8") in found_in(_dump(server), (word,))
    finally:
        as_superuser("DROP TABLE planted")


def test_plain_sessions_would_be_noticed(client):
    session = client.session
    session["next"] = PLANTED
    session.save()

    decoded = str(Session.objects.get().get_decoded()).encode()

    assert found_in(decoded, (PLANTED,))
