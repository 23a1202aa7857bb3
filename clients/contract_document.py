"""A contract as a document; words in, a tree out."""

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bilans.documents.tree import (
    Block,
    Bullets,
    Document,
    Heading,
    Language,
    Paragraph,
    SignatureLines,
    Signer,
    Table,
)
from clients.contract_content import ContractContent, Difficulty, Goal

LANGUAGE: Language = "pl"
"""Contracts are concluded in the office's language, whatever the advisor's screen speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractParties:
    """Whom the contract binds, and which of their contracts it is."""

    office: str
    advisor: str
    client: str
    case_number: str
    number: int
    variant: str


def contract_document(
    content: ContractContent, parties: ContractParties, *, offered_on: date | None = None
) -> Document:
    """Build the document both sides sign.

    Args:
        content: the words.
        parties: the people and numbers.
        offered_on: the day the advisor signed; without one it is a preview.
    """
    with translation.override(LANGUAGE):
        return Document(
            title=_("Contract for a competence balance"),
            subtitle=parties.office,
            language=LANGUAGE,
            number=f"{parties.case_number}/{parties.number}",
            issued_on=offered_on,
            marking=_("Confidential: for the client and the advisor"),
            facts=(
                (_("Client"), parties.client),
                (_("Advisor"), parties.advisor),
                (_("Kind of balance"), parties.variant),
            ),
            blocks=(*_body(content), _signatures(parties, offered_on)),
        )


def _body(content: ContractContent) -> tuple[Block, ...]:
    return (
        Heading(_("What we want to reach")),
        Paragraph(content.main_goal),
        *_goals(content.intermediate_goals),
        Heading(_("Who does what")),
        Heading(_("The advisor"), level=2),
        Bullets(content.advisor_duties),
        Heading(_("The client"), level=2),
        Bullets(content.client_duties),
        Heading(_("How we meet")),
        Paragraph(content.meetings),
        Heading(_("What may be difficult, and what we do then")),
        *_difficulties(content.difficulties),
        Heading(_("Confidentiality")),
        Paragraph(content.confidentiality),
        Heading(_("Limits of confidentiality"), level=2),
        Paragraph(content.confidentiality_limits),
        Heading(_("How we end")),
        Paragraph(content.ending),
        Heading(_("Signatures")),
    )


def _goals(goals: tuple[Goal, ...]) -> tuple[Block, ...]:
    if not goals:
        return ()
    rows = [
        (goal.text, goal.measure or "–", date_format(goal.due, "j E Y") if goal.due else "–")
        for goal in goals
    ]
    head = (_("Step"), _("How we will know"), _("By when"))
    return (Table(_("Intermediate goals"), head, rows, widths=(5, 4, 2)),)


def _difficulties(difficulties: tuple[Difficulty, ...]) -> tuple[Block, ...]:
    if not difficulties:
        return ()
    rows = [(each.difficulty, each.remedy) for each in difficulties]
    head = (_("What may happen"), _("What we do"))
    return (Table(_("Foreseen difficulties"), head, rows, widths=(1, 1)),)


def _signatures(parties: ContractParties, offered_on: date | None) -> SignatureLines:
    signed = (
        _("signed in the office on %(day)s") % {"day": date_format(offered_on, "j E Y")}
        if offered_on
        else ""
    )
    return SignatureLines(
        (
            Signer(parties.advisor, _("advisor"), signed),
            Signer(parties.client, _("client")),
        )
    )
