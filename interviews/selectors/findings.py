"""What stands out in statements before the client sees them: information, never a gate."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from interviews.hints import label_words
from interviews.selectors.statements import StatementView
from interviews.states import Category


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation; ``number`` is the statement's, or 0 for all of them together."""

    number: int
    code: str
    text: str


def findings(statements: Sequence[StatementView]) -> list[Finding]:
    """Read the statements as a careful second reader would."""
    found = [each for view in statements for each in _about_one(view)]
    return found + _about_all(statements)


def _about_one(view: StatementView) -> list[Finding]:
    found = []
    complete = [star for star in view.sources if star.is_complete]
    if len(view.sources) == 1 and not complete:
        parts = ", ".join(view.sources[0].missing_labels)
        found.append(
            Finding(
                view.number,
                "single_incomplete_source",
                _("one source, and incomplete: %(parts)s not told yet") % {"parts": parts},
            )
        )
    elif view.sources and not complete:
        found.append(
            Finding(view.number, "incomplete_sources", _("none of its sources is complete"))
        )
    elif len(view.sources) == 1:
        found.append(Finding(view.number, "single_source", _("rests on one story")))
    if words := label_words(view.text):
        found.append(
            Finding(
                view.number,
                "labels",
                _("judges instead of telling: %(words)s") % {"words": ", ".join(words)},
            )
        )
    return found


def _about_all(statements: Sequence[StatementView]) -> list[Finding]:
    found = []
    several = len(statements) > 1
    stories = {star.id for view in statements for star in view.sources}
    if several and len(stories) == 1:
        found.append(Finding(0, "one_story", _("all statements rest on the same story")))
    categories = {view.category for view in statements}
    if several and len(categories) == 1 and "" not in categories:
        label = Category(categories.pop()).label
        found.append(
            Finding(
                0,
                "one_category",
                _("all statements are of one category: %(category)s") % {"category": label},
            )
        )
    return found
