"""Three numbers for an importer: right, wrong and flagged, wrong and silent."""

from dataclasses import dataclass, field
from typing import Any

from bilans.catalogue.importer.read import Reading
from tests.catalogue.printouts import Sets

STRUCTURE = ("set-", "outcome-", "label-", "unmapped-lines")


def squeeze(text: str | None) -> str:
    """Without white space, dashes unified, one closing sign taken off."""
    plain = "".join((text or "").split()).replace("–", "-").replace("—", "-")
    return plain[:-1] if plain.endswith((";", ",", ".")) else plain


@dataclass
class Score:
    """Elements of one document: titles and criteria, each under its own outcome, in order.

    Something wrong is flagged when the element it stands in says ``check``, when the
    words that went missing stand on a line in doubt, when the sets themselves are in
    question, or when the reader refused the document as incomplete.
    """

    right: int = 0
    flagged: int = 0
    silent: list[str] = field(default_factory=list)

    def compare(self, place: str, wanted: Any, got: Any, *, flagged: bool) -> None:
        if wanted == got:
            self.right += len(wanted) if isinstance(wanted, list) else 1
        elif flagged:
            self.flagged += 1
        else:
            self.silent.append(f"{place}: wanted {wanted!r}, got {got!r}")


def score_tree(reading: Reading, truth: Sets) -> Score:
    score = Score()
    if reading.document is None or reading.refused:
        score.flagged = 1
        return score
    got = reading.document["qualification"]["sets"]
    codes = [item["code"] for item in reading.review if item["severity"] != "note"]
    asked = any(code.startswith(STRUCTURE) for code in codes)
    score.compare("number of sets", len(truth), len(got), flagged=asked)
    shifted = asked and len(truth) != len(got)
    for i, (title, outcomes) in enumerate(truth):
        found = got[i] if i < len(got) else {"title": None, "outcomes": []}
        score.compare(f"set {i}", squeeze(title), squeeze(found["title"]), flagged=asked)
        _score_outcomes(score, reading, (i, outcomes, found["outcomes"]), asked, shifted)
    return score


def _score_outcomes(
    score: Score, reading: Reading, parts: tuple[int, Any, Any], asked: bool, shifted: bool
) -> None:
    i, wanted, found = parts
    doubted = asked or any(outcome.get("confidence") == "check" for outcome in found)
    score.compare(f"set {i} outcomes", len(wanted), len(found), flagged=doubted)
    moved = shifted or (doubted and len(found) != len(wanted))
    for j, (title, criteria) in enumerate(wanted):
        outcome = found[j] if j < len(found) else {"title": None, "criteria": []}
        doubt = moved or outcome.get("confidence") == "check"
        name, texts = squeeze(title), [squeeze(text) for text in criteria]
        got = [squeeze(criterion["text"]) for criterion in outcome["criteria"]]
        lost = doubt or _on_doubtful_lines(reading, [name])
        score.compare(f"outcome {i}.{j}", name, squeeze(outcome["title"]), flagged=lost)
        lost = doubt or _on_doubtful_lines(reading, [text for text in texts if text not in got])
        score.compare(f"criteria {i}.{j}", texts, got, flagged=lost)


def _on_doubtful_lines(reading: Reading, texts: list[str]) -> bool:
    doubtful = [
        squeeze(line.text) for line in reading.lines if reading.states[line.no].state == "uncertain"
    ]
    return any(part and (part in text or text in part) for text in texts for part in doubtful)
