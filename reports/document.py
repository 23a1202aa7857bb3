"""The final report as a document: every statement with its sources and the client's voice.

Pure: material and the advisor's sections in, a tree out. What is disputed stands among
the differences with the client's own words and nowhere else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bilans.documents import tree
from bilans.documents.chart import EvidenceRow, evidence_strength
from bilans.documents.chart import Strength as ChartStrength
from portfolio.selectors.evidence import EvidenceView
from reports.selectors.material import ReportedStatement, ReportMaterial


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSections:
    """What the advisor writes: everything else follows from the case."""

    circumstances: str = ""
    course: str = ""
    summary: str = ""
    next_steps: tuple[str, ...] = ()


def final_report_document(
    material: ReportMaterial,
    sections: ReportSections,
    *,
    number: int,
    issued_on: date | None,
    language: Literal["pl", "en"],
) -> tree.Document:
    """Return the whole report as a tree in one language."""
    with translation.override(language):
        return tree.Document(
            title=_("Final report of the competence balance"),
            subtitle=material.client_name,
            language=language,
            number=f"{material.case_number}/{number}",
            issued_on=issued_on,
            marking=_("Confidential – the client decides who reads it"),
            facts=tuple(_facts(material)),
            blocks=tuple(_blocks(material, sections, language)),
        )


def _facts(material: ReportMaterial) -> Iterator[tuple[str, str]]:
    yield _("Advisor"), material.advisor_name
    yield _("Office"), material.office
    yield _("Balance opened on"), date_format(material.opened_on, "j E Y")
    yield _("Variant"), material.variant
    if material.qualification:
        yield _("Qualification considered"), material.qualification


def _blocks(
    material: ReportMaterial, sections: ReportSections, language: Literal["pl", "en"]
) -> Iterator[tree.Block]:
    yield tree.Heading(_("Circumstances and goal"))
    if sections.circumstances:
        yield tree.Paragraph(sections.circumstances)
    if material.main_goal:
        yield tree.Quote(material.main_goal, _("main goal from the contract"))
    yield tree.Heading(_("How the balance went"))
    if sections.course:
        yield tree.Paragraph(sections.course)
    yield tree.Facts(
        (
            (_("Behavioural interviews"), str(material.interviews)),
            (_("Stories the statements rest on"), str(material.stories)),
            (_("Pieces of evidence"), str(len(material.evidence))),
        )
    )
    yield from _resources(material, language)
    yield from _differences(material)
    yield from _evidence(material.evidence)
    yield from _qualification(material)
    if sections.summary:
        yield tree.Heading(_("Summary"))
        yield tree.Paragraph(sections.summary)
    if sections.next_steps:
        yield tree.Heading(_("Next steps"))
        yield tree.Bullets(sections.next_steps)
    yield tree.Heading(_("How to read this report"))
    yield tree.Note(
        _(
            "The report tells what came up in this balance and what it rests on. It is not a "
            "test result and not a grade of a person. What is not mentioned here was not "
            "examined; it is not said to be missing."
        ),
        _("Limits"),
    )
    yield tree.Facts(tuple(_glossary()))


def _resources(material: ReportMaterial, language: Literal["pl", "en"]) -> Iterator[tree.Block]:
    yield tree.Heading(_("Competences with their sources"))
    for each in material.resources:
        yield _statement(each)
    if not material.resources:
        yield tree.Paragraph(_("No statement was agreed with the client."))
    if material.resources:
        yield tree.Heading(_("Strength of evidence"), 2)
        yield tree.Paragraph(
            _(
                "The chart shows how many stories and pieces of evidence stand behind a "
                "statement. It says nothing about how good a person is."
            )
        )
        yield from evidence_strength(
            [
                EvidenceRow(
                    number=f"W{each.view.number}",
                    label=each.view.text,
                    strength=ChartStrength(each.strength),
                    sources=each.sources,
                )
                for each in material.resources
            ],
            language=language,
        )


def _differences(material: ReportMaterial) -> Iterator[tree.Block]:
    yield tree.Heading(_("Differences"))
    if not material.differences:
        yield tree.Paragraph(_("The client does not disagree with any statement."))
        return
    yield tree.Paragraph(
        _(
            "The client does not agree with what stands here. Advisor and client left it as a "
            "difference; the client's words are printed as they were said."
        )
    )
    for each in material.differences:
        yield _statement(each)


def _statement(each: ReportedStatement) -> tree.Statement:
    view = each.view
    if view.position is None:
        raise ValueError(f"statement {view.number} has no position and may not be reported")
    facts = [(_("Category"), view.category_label)] if view.category else []
    facts.append((_("Strength of evidence"), str(each.strength.label)))
    if view.criteria:
        facts.append((_("Criteria"), ", ".join(criterion.label for criterion in view.criteria)))
    return tree.Statement(
        number=f"W{view.number}",
        text=view.text,
        facts=tuple(facts),
        sources=tuple(_sources(each)),
        position_label=view.position.stance_label,
        position_words=view.position.words,
    )


def _sources(each: ReportedStatement) -> Iterator[str]:
    for star in each.view.sources:
        when = f" ({star.happened})" if star.happened else ""
        yield _("Story %(number)s “%(title)s”%(when)s") % {
            "number": star.number,
            "title": star.title,
            "when": when,
        }
    for piece in each.evidence:
        yield _("Evidence D%(number)s “%(title)s”") % {
            "number": piece.number,
            "title": piece.title,
        }


def _evidence(evidence: Sequence[EvidenceView]) -> Iterator[tree.Block]:
    yield tree.Heading(_("Evidence"))
    if not evidence:
        yield tree.Paragraph(_("There is no evidence in the portfolio."))
        return
    yield tree.Table(
        caption=_("Evidence in the portfolio"),
        head=(_("No."), _("Title"), _("Kind"), _("Date"), _("Own share")),
        rows=tuple(
            (
                piece.label,
                piece.title,
                piece.kind_label,
                date_format(piece.produced_on, "j E Y") if piece.produced_on else "–",
                piece.own_share or "–",
            )
            for piece in evidence
        ),
        widths=(1, 4, 3, 2, 3),
    )


def _qualification(material: ReportMaterial) -> Iterator[tree.Block]:
    if not material.coverage:
        return
    yield tree.Heading(_("Match with the qualification"))
    yield tree.Paragraph(
        _(
            "Qualification “%(title)s”: for each learning outcome, how many of its verification "
            "criteria a statement or a piece of evidence speaks to. Only a certifying "
            "institution decides whether an outcome is confirmed."
        )
        % {"title": material.qualification}
    )
    yield tree.Table(
        caption=_("Coverage of learning outcomes"),
        head=(
            _("No."),
            _("Learning outcome"),
            _("Criteria"),
            _("With statement"),
            _("With evidence"),
        ),
        rows=tuple(
            (
                row.label,
                row.title,
                str(row.criteria),
                str(row.with_statement),
                str(row.with_evidence),
            )
            for row in material.coverage
        ),
        widths=(1, 6, 2, 2, 2),
    )


def _glossary() -> Iterator[tuple[str, str]]:
    yield (
        _("Qualification"),
        _("a described set of learning outcomes; an authorised institution confirms it formally"),
    )
    yield _("Learning outcome"), _("what somebody knows, can do, or is ready to do after learning")
    yield _("Verification criterion"), _("what is checked to say that an outcome is reached")
    yield _("Portfolio"), _("a collection of evidence that shows what somebody can do")
    yield (
        _("Validation"),
        _("checking whether a person has the learning outcomes of a qualification"),
    )
