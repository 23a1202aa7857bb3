"""The way in: bytes of one file to a verdict, a document, questions and a ledger.

Pure: no database, no request, no clock. The same bytes always give the same answer.
"""

from dataclasses import dataclass, field
from typing import Any

from bilans.catalogue.importer import kinds, own_format
from bilans.catalogue.importer.entered import apply_entered
from bilans.catalogue.importer.ledger import STATES, Entry, Ledger, spans
from bilans.catalogue.importer.questions import question
from bilans.catalogue.importer.reading import Line, SourceText, Unreadable, read_lines, sha256_of
from bilans.catalogue.importer.register import read_register

READ = "read"
INCOMPLETE = "incomplete"
NOT_READABLE_YET = "recognised_not_readable"
NOT_RECOGNISED = "not_recognised"
INVALID = "invalid"
REFUSED = frozenset(
    {
        "cannot_open", "empty", "too_large", "file_type_not_readable", "not_text",
        NOT_RECOGNISED, NOT_READABLE_YET, INCOMPLETE, INVALID,
    }
)  # fmt: skip
"""Verdicts after which nothing is stored."""

_TORN = frozenset({"ends-in-sets", "no-sets", "second-document"})
"""Open questions of these codes mean that the document is not whole."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file turned out to be."""

    file: str
    kind: str
    verdict: str
    sha256: str
    document: dict[str, Any] | None
    review: tuple[dict[str, Any], ...]
    ledger: dict[str, int]
    lines: tuple[Line, ...] = ()
    states: dict[int, Entry] = field(default_factory=dict)
    decoding: str = ""

    @property
    def refused(self) -> bool:
        return self.verdict in REFUSED

    @property
    def blockers(self) -> list[dict[str, Any]]:
        """Questions that stop publication and have no answer yet."""
        return [i for i in self.review if i["severity"] == "blocker" and "decision" not in i]

    @property
    def unmapped(self) -> list[dict[str, Any]]:
        """Lines nobody has placed or acknowledged; known sections without a field are not."""
        return [
            item
            for item in self.review
            if item["code"] == "unmapped-lines" and "decision" not in item
        ]

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "kind": self.kind,
            "verdict": self.verdict,
            "document": self.document,
            "review": list(self.review),
            "ledger": self.ledger,
        }


def read(data: bytes, *, file: str, entered: dict[str, str] | None = None) -> Reading:
    """Read one file; never raises for what the file contains.

    Args:
        data: the bytes as they are.
        file: its name, for the answer only; it decides nothing.
        entered: answers of a person (``title``, ``prk_level`` …) that take the place
            of what the reader asked.

    Raises:
        EnteredInvalid: an answer names an unknown field or cannot be its value.
    """
    entered = entered or {}
    try:
        source = read_lines(data)
    except Unreadable as reason:
        return _unreadable(data, file, reason)
    if own_format.looks_like(source):
        return _read_own(source, file, entered)
    kind = kinds.recognise(source.lines)
    ledger = Ledger(source.lines)
    for repair in source.repairs:
        ledger.ask(question(repair))
    if kind.name == kinds.UNKNOWN:
        ledger.ask(question(NOT_RECOGNISED))
        return _answer(source, file, kind.name, NOT_RECOGNISED, ledger)
    if kind.name != kinds.REGISTER or kind.rivals:
        names = ", ".join(str(kinds.NAMES[name]) for name in (kind.name, *kind.rivals))
        wording = "several_kinds" if kind.rivals else NOT_READABLE_YET
        ledger.ask(question(NOT_READABLE_YET, wording=wording, kinds=names))
        return _answer(source, file, kind.name, NOT_READABLE_YET, ledger)
    document = read_register(source, ledger)
    review = document["review"] = [item.as_dict() for item in ledger.review]
    apply_entered(document, review, ledger, entered)
    verdict = READ
    if any(item["code"] in _TORN and "decision" not in item for item in review):
        verdict = INCOMPLETE
    return _answer(source, file, kind.name, verdict, ledger, document)


def _read_own(source: SourceText, file: str, entered: dict[str, str]) -> Reading:
    ledger = Ledger(source.lines)
    kind, document, problems = own_format.read(source)
    for problem in problems:
        ledger.ask(question(INVALID, path=problem.partition(":")[0][:200], problem=problem))
    if problems or document is None:
        return _answer(source, file, kind, INVALID, ledger)
    if kind != "qualification":
        ledger.ask(question(NOT_READABLE_YET, kinds=str(kinds.NAMES.get(kind, kind))))
        return _answer(source, file, kind, NOT_READABLE_YET, ledger)
    ledger.use([line for line in source.lines if not line.blank], "document")
    review = document["review"] = list(document.get("review", []))
    apply_entered(document, review, ledger, entered)
    return _answer(source, file, kind, READ, ledger, document)


def _answer(
    source: SourceText,
    file: str,
    kind: str,
    verdict: str,
    ledger: Ledger,
    document: dict[str, Any] | None = None,
) -> Reading:
    asked = [item.as_dict() for item in ledger.review]
    review: list[dict[str, Any]] = document["review"] if document is not None else asked
    if document is not None:
        document["unmapped"] = _unmapped(ledger, document)
    return Reading(
        file=file,
        kind=kind,
        verdict=verdict,
        sha256=source.sha256,
        document=document,
        review=tuple(review),
        ledger=ledger.counts(),
        lines=source.lines,
        states=ledger.entries,
        decoding=source.decoding,
    )


def _unmapped(ledger: Ledger, document: dict[str, Any]) -> list[dict[str, Any]]:
    source = document["sources"][0]["id"]
    found: list[dict[str, Any]] = []
    run: list[Line] = []
    for line in (*ledger.unmapped(), None):
        if run and (line is None or line.no > run[-1].no + 1):
            acknowledged = ledger.entries[run[0].no].state == "acknowledged"
            found.append(
                {
                    "source": source,
                    "lines": spans(each.no for each in run),
                    "text": "\n".join(each.text for each in run),
                    "acknowledged_by": "operator" if acknowledged else None,
                }
            )
            run = []
        if line is not None:
            run.append(line)
    return found


def unopened(file: str, reason: str) -> Reading:
    """The answer for a file that could not even be opened."""
    return _unreadable(b"", file, Unreadable("cannot_open", reason=reason))


def _unreadable(data: bytes, file: str, reason: Unreadable) -> Reading:
    """The lines of a file that is not text are counted as bytes see them, all unused."""
    total = data.count(b"\n") + (0 if data.endswith(b"\n") or not data else 1)
    counts = dict.fromkeys(STATES, 0) | {"unused": total, "total": total}
    item = question(reason.code, **reason.words)
    return Reading(
        file=file,
        kind=kinds.UNKNOWN,
        verdict=reason.code,
        sha256=sha256_of(data),
        document=None,
        review=(item.as_dict(),),
        ledger=counts,
    )
