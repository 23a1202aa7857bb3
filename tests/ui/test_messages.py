"""Translations: found, kept, merged, and refused when they would break a screen."""

from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from bilans.ui import messages
from bilans.ui.messages import Message

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("One")
_(variable)
ngettext("%(count)d case", "%(count)d cases", 3)
pgettext("month", "May")
"""
TEMPLATE = """{% load i18n %}
<h1 title="{% translate "Two's" %}">{{ _("Three") }}</h1>
{% blocktranslate trimmed with name=x %}
    Hello,
    {{ name }}
{% endblocktranslate %}
{% blocktranslate count n=x %}{{ n }} thing{% plural %}{{ n }} things{% endblocktranslate %}
"""


@pytest.fixture
def root(tmp_path, settings):
    (tmp_path / "clients").mkdir()
    (tmp_path / "clients" / "views.py").write_text(PYTHON)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = messages.opened(Path("missing.po"), "pl")
    made.extend(entries)
    return made


def test_messages_are_found_in_code_and_templates(root):
    assert messages.found_in(root) == {
        Message("One"),
        Message("%(count)d case", plural="%(count)d cases"),
        Message("May", context="month"),
        Message("Two's"),
        Message("Three"),
        Message("Hello, %(name)s"),
        Message("%(n)s thing", plural="%(n)s things"),
    }


def test_an_update_keeps_translations_and_drops_what_is_gone():
    made = catalogue(
        polib.POEntry(msgid="kept", msgstr="zostaje"), polib.POEntry(msgid="gone", msgstr="znika")
    )

    messages.update(made, {Message("kept"), Message("added")})

    assert [(entry.msgid, entry.msgstr) for entry in made] == [("added", ""), ("kept", "zostaje")]


def test_a_merge_takes_translations_and_fills_the_forms_of_polish():
    made = catalogue(polib.POEntry(msgid="old", msgstr="stare"))
    plural = polib.POEntry(
        msgid="%(n)s day",
        msgid_plural="%(n)s days",
        msgstr_plural={0: "%(n)s dzień", 1: "%(n)s dni", 2: "%(n)s dni"},
    )
    other = catalogue(
        polib.POEntry(msgid="old", msgstr="nowe"), polib.POEntry(msgid="empty", msgstr=""), plural
    )

    taken = messages.merge(made, other)

    assert taken == 2
    assert made.find("old").msgstr == "nowe"
    assert list(made.find("%(n)s day").msgstr_plural.values()) == [
        "%(n)s dzień", "%(n)s dni", "%(n)s dni", "%(n)s dni",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="a", msgstr=""), "not translated: 'a'"),
        (polib.POEntry(msgid="a", msgstr="b", flags=["fuzzy"]), "not translated: 'a'"),
        (polib.POEntry(msgid="a %(n)s", msgstr="b"), "placeholders differ: 'a %(n)s'"),
        (polib.POEntry(msgid="a", msgstr="b %(n)s"), "placeholders differ: 'a'"),
        (polib.POEntry(msgid="at {time}", msgstr="o {czas}"), "placeholders differ: 'at {time}'"),
        (
            polib.POEntry(msgid="a", msgid_plural="b", msgstr_plural={0: "x", 1: "y"}),
            "needs 4 plural forms: 'a'",
        ),
        (
            polib.POEntry(
                msgid="%(n)s", msgid_plural="%(n)s", msgstr_plural=dict.fromkeys(range(4), "%(m)s")
            ),
            "placeholders differ: '%(n)s'",
        ),
    ],
)
def test_what_would_break_is_told(entry, fault):
    wanted = {Message(entry.msgid, entry.msgid_plural or "")}

    assert messages.faults(catalogue(entry), wanted) == [fault]


def test_missing_and_left_over_messages_are_told():
    made = catalogue(polib.POEntry(msgid="left", msgstr="x"))

    assert messages.faults(made, {Message("wanted")}) == [
        "not in the file: 'wanted'",
        "no longer used: 'left'",
    ]


def test_a_form_of_a_plural_may_leave_the_number_out():
    forms = {0: "jedna sprawa", 1: "%(n)s sprawy", 2: "%(n)s spraw", 3: "%(n)s sprawy"}
    entry = polib.POEntry(msgid="%(n)s case", msgid_plural="%(n)s cases", msgstr_plural=forms)

    assert messages.faults(catalogue(entry), {Message("%(n)s case", "%(n)s cases")}) == []


def test_the_command_extracts_merges_checks_and_compiles(root, tmp_path, capsys):
    call_command("messages", "extract")
    with pytest.raises(CommandError, match="not translated: 'One'"):
        call_command("messages", "check")

    translated = polib.pofile(str(root / "locale/pl/LC_MESSAGES/django.po"))
    for entry in translated:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(4), entry.msgid)
        else:
            entry.msgstr = entry.msgid
    translated.save(str(tmp_path / "translated.po"))
    call_command("messages", "merge", str(tmp_path / "translated.po"))
    call_command("messages", "check")
    call_command("messages", "compile")

    assert "Every message is translated." in capsys.readouterr().out
    compiled = polib.mofile(str(root / "locale/pl/LC_MESSAGES/django.mo"))
    assert compiled.find("May", msgctxt="month").msgstr == "May"


def test_a_file_that_is_no_catalogue_is_named(root, tmp_path):
    with pytest.raises(CommandError, match=r"absent\.po"):
        call_command("messages", "merge", str(tmp_path / "absent.po"))
