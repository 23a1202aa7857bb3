"""Every question the importer can ask, with how much depends on the answer.

A ``blocker`` stops publication until somebody answers, a ``check`` asks to compare with
the source, a ``note`` only tells.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bilans.catalogue.importer.ledger import ReviewItem, Severity

_READING: dict[str, tuple[Severity, str]] = {
    "cannot_open": ("blocker", gettext_noop("The file cannot be opened: %(reason)s")),
    "empty": ("blocker", gettext_noop("The file is empty. Choose another one.")),
    "too_large": (
        "blocker",
        gettext_noop("The file is too large. Split it or choose another one."),
    ),
    "file_type_not_readable": (
        "blocker",
        gettext_noop(
            "This is a %(type)s file. Save its content as plain text and import the text."
        ),
    ),
    "not_text": (
        "blocker",
        gettext_noop("The file does not contain text. Check that it is the right one."),
    ),
    "not_recognised": (
        "blocker",
        gettext_noop("This is no kind of document about qualifications that the program knows."),
    ),
    "recognised_not_readable": (
        "blocker",
        gettext_noop(
            "Recognised: %(kinds)s. This version reads register print-outs with"
            " lettered lists and its own format."
        ),
    ),
    "several_kinds": (
        "blocker",
        gettext_noop("The file looks like several kinds of documents: %(kinds)s. Split it."),
    ),
    "invalid": ("blocker", gettext_noop("The file does not keep to the format: %(problem)s")),
    "decoding": (
        "note",
        gettext_noop(
            "The file was not saved as UTF-8; it was read with another table of characters."
        ),
    ),
    "wrong-decoding-repaired": (
        "check",
        gettext_noop(
            "Polish letters had been saved wrongly and were restored. Compare with the original."
        ),
    ),
    "wrong-decoding-suspected": (
        "blocker",
        gettext_noop(
            "Some Polish letters are saved wrongly and cannot be restored. Use another file."
        ),
    ),
}
_SECTIONS: dict[str, tuple[Severity, str]] = {
    "unmapped-lines": (
        "check",
        gettext_noop(
            "It is not clear where these lines belong. Place them or say that they are not needed."
        ),
    ),
    "second-document": (
        "blocker",
        gettext_noop(
            "The heading “%(heading)s” comes again with other content. Are "
            "there two documents in the file? Only the first was read."
        ),
    ),
    "heading-repeated": (
        "check",
        gettext_noop(
            "The heading “%(heading)s” comes again with other content. Only the first was read."
        ),
    ),
    "section-missing": ("check", gettext_noop("The print-out has no part “%(heading)s”.")),
    "section-not-carried": (
        "note",
        gettext_noop("The part “%(heading)s” stays in the source document only."),
    ),
    "running-header": (
        "check",
        gettext_noop(
            "These lines come at every page break and were left out as headers "
            "of the page. Check that they are not content."
        ),
    ),
    "lone-number": (
        "check",
        gettext_noop("A number alone on its line: a page or part of the text?"),
    ),
    "join-hyphen": (
        "check",
        gettext_noop(
            "A word divided at the end of a line was joined without its hyphen. Check the spelling."
        ),
    ),
    "join-torn-diacritics": (
        "check",
        gettext_noop(
            "Polish letters stood on lines of their own and were joined. Check the spelling."
        ),
    ),
}
_VALUES: dict[str, tuple[Severity, str]] = {
    "title-missing": (
        "blocker",
        gettext_noop(
            "The print-out has no line with the name. Confirm the one quoted in"
            " it or give the right one."
        ),
    ),
    "title-unconfirmed": (
        "blocker",
        gettext_noop(
            "The name at the top differs from the legal basis, or nothing "
            "confirms it. Give the right one."
        ),
    ),
    "level-missing": (
        "check",
        gettext_noop("The print-out does not state the PQF level, and it stays not stated."),
    ),
    "level-by-code": (
        "check",
        gettext_noop(
            "The print-out does not state the PQF level. The code %(value)s "
            "begins with %(level)s. Take %(level)s?"
        ),
    ),
    "level-disagrees": (
        "check",
        gettext_noop(
            "The document gives different PQF levels (heading, field, code "
            "until 2020). Check which is right."
        ),
    ),
    "certificate-missing": ("check", gettext_noop("The name of the certificate is missing.")),
    "scope-inferred": (
        "note",
        gettext_noop("Full or partial was read from the letter %(letter)s of the code %(value)s."),
    ),
    "legal-basis-unread": (
        "check",
        gettext_noop("The position in Monitor Polski was not found in the legal basis."),
    ),
    "code-odd": (
        "check",
        gettext_noop(
            "“%(value)s” does not look like a code of this kind. Check how it is written."
        ),
    ),
    "date-unread": ("check", gettext_noop("No date was found in this field.")),
    "hours-unread": ("check", gettext_noop("No number of hours was found in this field.")),
    "review-unread": (
        "check",
        gettext_noop("How often the qualification is reviewed was not found."),
    ),
    "validity-unread": ("check", gettext_noop("How long the certificate is valid was not found.")),
    "renewal-proposal": (
        "check",
        gettext_noop("The further text about validity was taken as conditions of renewal."),
    ),
    "prerequisites-missing": (
        "check",
        gettext_noop(
            "The print-out does not say what a person must have before validation. Check it."
        ),
    ),
    "prerequisites-proposal": (
        "check",
        gettext_noop(
            "How the conditions before validation are divided is a proposal. "
            "Compare it with the source."
        ),
    ),
    "certifying-bodies-reading": (
        "check",
        gettext_noop(
            "The table has two columns and each row one name. The bodies were "
            "taken as certifying ones."
        ),
    ),
    "validation-too-long": (
        "check",
        gettext_noop("The section on validation is so long that no rules were looked for."),
    ),
    "validation-proposal": (
        "check",
        gettext_noop(
            "Methods, committee and other requirements are proposals read from "
            "the text. Compare them with the source."
        ),
    ),
    "methods-unread": (
        "check",
        gettext_noop("No list of validation methods was found. Look for them in the source."),
    ),
    "methods-by-name": (
        "check",
        gettext_noop(
            "The methods stand in no list and were recognised by name. Compare "
            "them with the source."
        ),
    ),
    "committee-size": (
        "check",
        gettext_noop(
            "How many members the committee needs was not found. Look for it in the source."
        ),
    ),
}
_TREE: dict[str, tuple[Severity, str]] = {
    "no-sets": ("blocker", gettext_noop("No sets of learning outcomes could be read.")),
    "ends-in-sets": (
        "blocker",
        gettext_noop(
            "The file ends in the middle of the learning outcomes. Check that it is complete."
        ),
    ),
    "outcome-two-starts": (
        "check",
        gettext_noop("Two lines could begin this outcome; the last was taken."),
    ),
    "outcome-sequence": (
        "blocker",
        gettext_noop("The number of the outcome is not the next one. Is something missing?"),
    ),
    "outcome-without-number": (
        "blocker",
        gettext_noop("The outcome has no number; where its title begins is a guess."),
    ),
    "label-without-title": (
        "blocker",
        gettext_noop("A line “Kryteria weryfikacji:” without the title of an outcome follows."),
    ),
    "next-start-uncertain": ("check", gettext_noop("It is not certain where this outcome ends.")),
    "letter-in-title": ("check", gettext_noop("A line of the title begins like a criterion.")),
    "criteria-label-missing": (
        "check",
        gettext_noop("The line “Kryteria weryfikacji:” is missing above the list."),
    ),
    "letter-two-starts": (
        "check",
        gettext_noop("Two lines begin with the same letter. Choose the right one."),
    ),
    "letter-gap": (
        "blocker",
        gettext_noop("A letter is missing in the sequence of criteria. Look into the source."),
    ),
    "bullets-not-letters": (
        "check",
        gettext_noop("The criteria are marked with dashes instead of letters."),
    ),
    "marker-inside": (
        "check",
        gettext_noop("A line inside the text begins like a number or letter of a list."),
    ),
    "capital": (
        "check",
        gettext_noop("A line begins with a capital letter. Does it belong to this text?"),
    ),
    "after-terminator": (
        "check",
        gettext_noop("The text goes on after its closing mark. Is this one criterion?"),
    ),
    "short-line": (
        "check",
        gettext_noop("A line breaks off earlier than others. Is the letter of a criterion lost?"),
    ),
    "text-after-end": ("check", gettext_noop("A passage that does not fit follows the text.")),
    "repeated-line": ("check", gettext_noop("The same line stands twice in a row.")),
    "inline": ("check", gettext_noop("A criterion stood in the middle of a line and was cut off.")),
    "lines-left-out": (
        "check",
        gettext_noop("Some lines of this outcome do not fit the sequence."),
    ),
    "header-dropped": (
        "check",
        gettext_noop("A line taken for a header of the page was left out. Is it content?"),
    ),
    "hyphen": (
        "check",
        gettext_noop("A divided word was joined without its hyphen. Check the spelling."),
    ),
    "torn-diacritics": (
        "check",
        gettext_noop("Polish letters stood on lines of their own. Check the spelling."),
    ),
    "no-criteria": ("blocker", gettext_noop("The outcome has no criterion at all.")),
    "criterion-short": ("check", gettext_noop("A criterion has fewer than three words.")),
    "criterion-long": ("check", gettext_noop("A criterion is very long. Is it several criteria?")),
    "criterion-capital": (
        "check",
        gettext_noop("A criterion begins with a capital letter, unlike the others."),
    ),
    "criterion-no-verb": (
        "check",
        gettext_noop("A criterion does not begin with a verb. Is this the whole text?"),
    ),
    "criterion-no-end": (
        "check",
        gettext_noop("A criterion has no closing mark, and the others have."),
    ),
    "criterion-two": ("check", gettext_noop("There is “; –” in the text: it may be two criteria.")),
    "criterion-open-end": (
        "check",
        gettext_noop("A criterion breaks off at a preposition, a conjunction or a comma."),
    ),
    "ends-with-number": (
        "check",
        gettext_noop("The text ends with a bare number. Is it the number of a page?"),
    ),
    "layout-inside": ("check", gettext_noop("There is an address or a heading inside the text.")),
    "brackets": ("check", gettext_noop("A bracket or a quotation mark is not closed.")),
    "duplicate": ("check", gettext_noop("The same criterion comes twice.")),
    "title-open-end": (
        "check",
        gettext_noop("The title breaks off at a preposition or a conjunction."),
    ),
    "title-capital": ("check", gettext_noop("The title does not begin with a capital letter.")),
    "title-short": ("check", gettext_noop("The title has only one word.")),
    "at-the-end": (
        "check",
        gettext_noop("The file ends with this outcome. Is the document complete?"),
    ),
    "long-line": (
        "check",
        gettext_noop("A line of the source is unusually long; how it is divided is uncertain."),
    ),
    "set-uncertain": (
        "check",
        gettext_noop("Where this set begins, its number or its title is not certain."),
    ),
    "set-sequence": (
        "blocker",
        gettext_noop("The number of the set is not the next one. Is a set missing?"),
    ),
    "set-without-title": ("blocker", gettext_noop("The set has no title.")),
}
QUESTIONS = _READING | _SECTIONS | _VALUES | _TREE


def question(
    code: str,
    *,
    path: str | None = None,
    wording: str | None = None,
    lines: tuple[int, ...] = (),
    proposal: Any = None,
    alternatives: tuple[Any, ...] = (),
    **words: Any,
) -> ReviewItem:
    """Put a question in the words of the current language; ``words`` fill its gaps.

    ``wording`` names another entry whose words say the same with more to tell.
    """
    severity, text = QUESTIONS[wording or code]
    return ReviewItem(code, severity, _(text) % words, path, lines, proposal, alternatives)


def about_outcome(code: str, *, number: tuple[int, int], **where: Any) -> ReviewItem:
    """The same, naming the set and the outcome it is about."""
    severity, text = QUESTIONS[code]
    told = _("Set %(set)s, outcome %(outcome)s: %(question)s") % {
        "set": number[0],
        "outcome": number[1],
        "question": _(text),
    }
    return ReviewItem(code, severity, told, **where)


def about_set(code: str, *, number: int, doubt: str, **where: Any) -> ReviewItem:
    """The same about a set; ``doubt`` keeps what exactly was noticed in the code."""
    severity, text = QUESTIONS[code]
    told = _("Set %(set)s: %(question)s") % {"set": number, "question": _(text)}
    return ReviewItem(doubt, severity, told, **where)
