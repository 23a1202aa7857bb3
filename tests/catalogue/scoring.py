"""Three numbers for an importer: right, wrong and flagged, wrong and silent."""

from dataclasses import dataclass

from bilans.catalogue.importer.read import Reading


@dataclass
class Score:
    right: int = 0
    flagged: int = 0
    silent: list[str] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.silent = []


def squeeze(text: str | None) -> str:
    """Without white space, dashes unified, one closing sign taken off."""
    plain = "".join((text or "").split()).replace("–", "-").replace("—", "-")
    return plain[:-1] if plain.endswith((";", ",", ".")) else plain


def score_tree(reading: Reading, truth: list[tuple[str, list[tuple[str, list[str]]]]]) -> Score:
    """Titles and criteria, each under its own outcome, in order.

    Something wrong is flagged when the element it stands in says ``check``, when a set
    is in question, or when the reader refused the document as incomplete.
    """
    score = Score()
    if reading.document is None or reading.refused:
        score.flagged = 1
        return score
    got = reading.document["qualification"]["sets"]
    questions = [i for i in reading.review if i["severity"] != "note"]
    structural = ("set-", "outcome-", "label-", "unmapped-lines")
    asked_sets = any(item["code"].startswith(structural) for item in questions)
    _compare(score, "number of sets", len(truth), len(got), asked_sets)
    shifted = asked_sets and len(truth) != len(got)
    uncertain = [
        squeeze(line.text) for line in reading.lines if reading.states[line.no].state == "uncertain"
    ]

    def placed_in_doubt(texts: list[str]) -> bool:
        """Whether a line that nobody placed carries the words that went missing."""
        return any(part in text or text in part for text in texts for part in uncertain if part)

    for i, (title, outcomes) in enumerate(truth):
        if i >= len(got):
            _compare(score, f"set {i}", title, None, asked_sets)
            continue
        _compare(score, f"set {i}", squeeze(title), squeeze(got[i]["title"]), asked_sets)
        found = got[i]["outcomes"]
        any_doubt = asked_sets or any(o.get("confidence") == "check" for o in found)
        _compare(score, f"set {i} outcomes", len(outcomes), len(found), any_doubt)
        for j, (name, criteria) in enumerate(outcomes):
            outcome = found[j] if j < len(found) else {"title": None, "criteria": []}
            missing = any_doubt and len(found) != len(outcomes)
            doubt = outcome.get("confidence") == "check" or missing or shifted
            lost = doubt or placed_in_doubt([squeeze(name)])
            _compare(score, f"outcome {i}.{j}", squeeze(name), squeeze(outcome["title"]), lost)
            texts = [squeeze(c["text"]) for c in outcome["criteria"]]
            wanted = [squeeze(text) for text in criteria]
            if texts == wanted:
                score.right += len(wanted)
            else:
                missing_texts = [text for text in wanted if text not in texts]
                lost = doubt or placed_in_doubt(missing_texts)
                _compare(score, f"criteria {i}.{j}", wanted, texts, lost)
    return score


def _compare(score: Score, place: str, wanted: object, got: object, flagged: bool) -> None:
    if wanted == got:
        score.right += 1
    elif flagged:
        score.flagged += 1
    else:
        score.silent.append(f"{place}: wanted {wanted!r}, got {got!r}")
