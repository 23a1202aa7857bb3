"""Messages of the screens: found in code and templates, kept in one PO file per language.

gettext's programs are not needed: Babel reads Python, Django turns a template into
something Babel reads, polib keeps the file. English is the msgid, so only the other
languages have files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

KEYWORDS: dict[str, None] = dict.fromkeys(
    (
        "_",
        "gettext",
        "gettext_lazy",
        "gettext_noop",
        "ngettext",
        "ngettext_lazy",
        "pgettext",
        "pgettext_lazy",
        "npgettext",
        "npgettext_lazy",
    )
)
SOURCES = ("bilans", "clients", "interviews", "portfolio", "reports")
TEMPLATES = "templates"
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
}
PLURALS = {
    # Django's own catalogue of Polish: one, few, many, fractions
    "pl": "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : "
    "n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One sentence to translate; ``plural`` is empty when it counts nothing."""

    text: str
    plural: str = ""
    context: str = ""


def found_in(root: Path) -> set[Message]:
    """Collect every message of our Python and templates."""
    messages: set[Message] = set()
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*.py")):
            messages.update(_extracted(path.read_text()))
    for path in sorted((root / TEMPLATES).rglob("*.html")):
        # each call stands on one line; between them is filler that no parser would take
        for line in templatize(path.read_text(), origin=str(path)).splitlines():
            if "gettext(" in line or "_(" in line:
                messages.update(_extracted(line.strip()))
    return messages


def _extracted(source: str) -> Iterator[Message]:
    found = extract_python(BytesIO(source.encode()), KEYWORDS, (), {"encoding": "utf-8"})
    for _line, function, texts, _comments in found:
        kind = str(function).partition("gettext")[0]
        parts = [texts] if isinstance(texts, str) else list(texts or ())
        needed = parts[: 1 + ("p" in kind) + ("n" in kind)]
        if needed and all(isinstance(part, str) and part for part in needed):
            context = needed.pop(0) if "p" in kind else ""
            yield Message(needed[0], needed[1] if "n" in kind else "", context)


def opened(path: Path, language: str) -> polib.POFile:
    """Open the file of a language, or begin one."""
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    catalogue.wrapwidth = 100
    catalogue.header = ""
    catalogue.metadata = {
        **HEADER,
        "Language": language,
        "Plural-Forms": PLURALS.get(language, "nplurals=2; plural=(n != 1);"),
    }
    return catalogue


def update(catalogue: polib.POFile, messages: set[Message]) -> None:
    """Make the file hold exactly these messages, sorted, keeping what is translated."""
    known = {_key(entry): entry for entry in catalogue}
    entries = [
        known.get(message) or _entry(message, forms=_forms(catalogue))
        for message in sorted(messages, key=lambda one: (one.text.casefold(), one))
    ]
    for entry in entries:
        entry.obsolete = False
        entry.occurrences = []
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
    catalogue[:] = entries


def merge(catalogue: polib.POFile, other: polib.POFile) -> int:
    """Take over the translations of another file; return how many it gave.

    A message we already have translated is replaced: the newer file wins.
    """
    known = {_key(entry): entry for entry in catalogue}
    taken = 0
    for entry in other:
        if not _is_translated(entry):
            continue
        target = known.get(_key(entry))
        if target is None:
            target = _entry(_key(entry), forms=_forms(catalogue))
            catalogue.append(target)
        if entry.msgid_plural:
            target.msgstr_plural = {
                form: entry.msgstr_plural.get(form) or entry.msgstr_plural[max(entry.msgstr_plural)]
                for form in range(_forms(catalogue))
            }
        else:
            target.msgstr = entry.msgstr
        taken += 1
    return taken


def faults(catalogue: polib.POFile, messages: set[Message]) -> list[str]:
    """Say what is missing, left over or would break when shown."""
    known = {_key(entry): entry for entry in catalogue}
    found = [f"not in the file: {message.text!r}" for message in sorted(messages - known.keys())]
    found += [f"no longer used: {message.text!r}" for message in sorted(known.keys() - messages)]
    for message, entry in sorted(known.items()):
        if entry.fuzzy or not _is_translated(entry):
            found.append(f"not translated: {message.text!r}")
        elif len(entry.msgstr_plural or ()) not in {0, _forms(catalogue)}:
            found.append(f"needs {_forms(catalogue)} plural forms: {message.text!r}")
        elif _differing_placeholders(entry):
            found.append(f"placeholders differ: {message.text!r}")
    return found


def _differing_placeholders(entry: polib.POEntry) -> bool:
    wanted = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    if not entry.msgid_plural:
        return _placeholders(entry.msgstr) != wanted
    # a form may leave the number out ("one case"), but must not invent a name
    return any(not _placeholders(text) <= wanted for text in entry.msgstr_plural.values())


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer((text or "").replace("%%", ""))}


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _entry(message: Message, *, forms: int) -> polib.POEntry:
    plural = (
        {"msgid_plural": message.plural, "msgstr_plural": dict.fromkeys(range(forms), "")}
        if message.plural
        else {}
    )
    return polib.POEntry(msgid=message.text, msgctxt=message.context or None, **plural)


def _forms(catalogue: polib.POFile) -> int:
    match = re.search(r"nplurals=(\d+)", catalogue.metadata["Plural-Forms"])
    return int(match[1]) if match else 1


def _is_translated(entry: polib.POEntry) -> bool:
    if entry.msgid_plural:
        return bool(entry.msgstr_plural) and all(entry.msgstr_plural.values())
    return bool(entry.msgstr)
