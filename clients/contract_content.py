"""What a contract says, apart from who keeps it where; and which parts it cannot lack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Goal:
    """An intermediate goal, how one will know that it is reached, and by when."""

    text: str
    measure: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Difficulty:
    """Something that may go wrong, and what the two do then."""

    difficulty: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractContent:
    """The words of a contract; lists keep the order in which they were agreed."""

    main_goal: str = ""
    intermediate_goals: tuple[Goal, ...] = ()
    advisor_duties: tuple[str, ...] = ()
    client_duties: tuple[str, ...] = ()
    confidentiality: str = ""
    confidentiality_limits: str = ""
    meetings: str = ""
    difficulties: tuple[Difficulty, ...] = ()
    ending: str = ""

    def attributes(self) -> dict[str, Any]:
        """Return the values as the model's sealed attributes keep them."""
        return {
            **{each.name: getattr(self, each.name) for each in fields(self)},
            "intermediate_goals": [
                {
                    "text": goal.text,
                    "measure": goal.measure,
                    "due": goal.due.isoformat() if goal.due else "",
                }
                for goal in self.intermediate_goals
            ],
            "advisor_duties": list(self.advisor_duties),
            "client_duties": list(self.client_duties),
            "difficulties": [
                {"difficulty": each.difficulty, "remedy": each.remedy} for each in self.difficulties
            ],
        }


def content_of(contract: Any) -> ContractContent:
    """Read the words back from a contract."""
    return ContractContent(
        main_goal=contract.main_goal,
        intermediate_goals=tuple(_goal(each) for each in contract.intermediate_goals),
        advisor_duties=tuple(contract.advisor_duties),
        client_duties=tuple(contract.client_duties),
        confidentiality=contract.confidentiality,
        confidentiality_limits=contract.confidentiality_limits,
        meetings=contract.meetings,
        difficulties=tuple(
            Difficulty(each["difficulty"], each["remedy"]) for each in contract.difficulties
        ),
        ending=contract.ending,
    )


def _goal(stored: Mapping[str, str]) -> Goal:
    due = stored.get("due", "")
    return Goal(stored["text"], stored.get("measure", ""), date.fromisoformat(due) if due else None)


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a contract, by the attribute that holds it."""

    field: str
    label: str | Promise
    is_there: Callable[[ContractContent], bool]


def _said(name: str) -> Callable[[ContractContent], bool]:
    return lambda content: bool(getattr(content, name))


def _difficulties_have_remedies(content: ContractContent) -> bool:
    return bool(content.difficulties) and all(each.remedy for each in content.difficulties)


ELEMENTS: tuple[Element, ...] = (
    Element("main_goal", _("main goal"), _said("main_goal")),
    Element("intermediate_goals", _("intermediate goals"), _said("intermediate_goals")),
    Element("advisor_duties", _("what the advisor does"), _said("advisor_duties")),
    Element("client_duties", _("what the client does"), _said("client_duties")),
    Element("meetings", _("meetings"), _said("meetings")),
    Element(
        "difficulties",
        _("foreseen difficulties, each with a remedy"),
        _difficulties_have_remedies,
    ),
    Element("confidentiality", _("confidentiality"), _said("confidentiality")),
    Element(
        "confidentiality_limits", _("limits of confidentiality"), _said("confidentiality_limits")
    ),
    Element("ending", _("ending the cooperation"), _said("ending")),
)
"""The elements of a contract with a client (source 004, criteria 1.2a, c, d and e)."""


def missing_elements(content: ContractContent) -> list[Element]:
    """Name the elements that are still lacking, in the order of the form."""
    return [element for element in ELEMENTS if not element.is_there(content)]
