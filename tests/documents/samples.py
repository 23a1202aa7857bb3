"""One document with every kind of block, in both languages; all of it made up."""

import datetime

from bilans.documents import tree
from bilans.documents.chart import EvidenceRow, Strength, evidence_strength

HOSTILE = (
    '#read("/etc/passwd")',
    "*bold* _emphasis_ `code` $x^2$ @reference <label>",
    "\\ \\n \\u{41} // comment /* comment */",
    "= heading",
    "- item",
    "<script>alert(1)</script> & \"quoted\" 'twice'",
    "{{ form.secret }} {% csrf_token %} %(name)s {0}",
    "a" * 200,
    "https://example.org/" + "zażółć-" * 20,
    "emoji 😀 and text",
    "שלום",
    "Їжак, Привіт",
)
"""Texts that mean something to one of the renderings, and must mean nothing in all of them."""

WORDS = {
    "pl": {
        "title": "Raport końcowy z bilansu kompetencji",
        "marking": "Poufne – wyłącznie dla klientki",
        "fact": ("Klientka", "Żaneta Żółkiewska"),
        "heading": "Cel i przebieg",
        "text": "Zażółć gęślą jaźń w domu i z sąsiadem.\nDrugi akapit o świetlicy.",
        "statement": "Planuje tygodniową pracę zespołu magazynowego",
    },
    "en": {
        "title": "Final report of the competence balance",
        "marking": "Confidential – for the client only",
        "fact": ("Client", "Ada Example"),
        "heading": "Purpose and course",
        "text": "What was agreed and how it went.\nA second paragraph.",
        "statement": "Plans the week of a warehouse team",
    },
}


def full_document(language: tree.Language) -> tree.Document:
    """Return a document in which every kind of block stands at least once."""
    words = WORDS[language]
    statement = str(words["statement"])
    figure, table = evidence_strength(
        [
            EvidenceRow(str(place), f"{statement} {place}", strength, place)
            for place, strength in enumerate(Strength, start=1)
        ],
        language=language,
    )
    return tree.Document(
        title=str(words["title"]),
        subtitle="BK/2026/0041",
        language=language,
        number="R/2026/7",
        issued_on=datetime.date(2026, 3, 3),
        marking=str(words["marking"]),
        facts=[words["fact"], ("PESEL", "–")],
        blocks=[
            tree.Heading(str(words["heading"])),
            tree.Paragraph(str(words["text"])),
            tree.Quote("Chcę to mieć na papierze.\nPo prostu.", "Ż. Ż."),
            tree.Heading("Poziom drugi", 2),
            tree.Bullets(["jeden", "dwa\nw dwóch wierszach"]),
            tree.Heading("Poziom trzeci", 3),
            tree.Numbered(["pierwszy krok", "drugi krok"]),
            tree.Numbered(["od nowa"]),
            tree.Facts([("Miejsce", "Zgierz"), ("Odwołanie", "do południa\ndzień wcześniej")]),
            figure,
            table,
            tree.Table("Cele", ("Cel", "Termin"), [("Nazwać", "30 marca"), ("", "15 maja")]),
            tree.Statement(
                "3.1",
                statement,
                facts=[("Siła dowodów", "mocne")],
                sources=["Zapis STAR „Wielkanoc”", "Referencje (dowód 5)"],
                position_label="Zgadzam się częściowo",
                position_words="Planowała koleżanka.",
            ),
            tree.Note("Raport należy do klientki.", "Granice raportu"),
            tree.SignatureLines(
                [
                    tree.Signer("Paweł Wiśniewski", "doradca"),
                    tree.Signer("Żaneta Żółkiewska", "klientka", "podpisano 3 marca 2026"),
                ]
            ),
        ],
    )


def hostile_document() -> tree.Document:
    """Return a document in which every text, of every block, is hostile."""
    first, second = HOSTILE[0], HOSTILE[1]
    return tree.Document(
        title=f"Title {first}",
        subtitle=second,
        language="en",
        number=HOSTILE[5],
        marking=HOSTILE[2],
        facts=[(second, text) for text in HOSTILE],
        blocks=[
            *(tree.Paragraph(text) for text in HOSTILE),
            tree.Heading(first),
            tree.Quote(second, first),
            tree.Bullets(HOSTILE),
            tree.Numbered(HOSTILE),
            tree.Table(first, (second, "value"), [(text, text) for text in HOSTILE]),
            tree.Statement(first, second, [(first, second)], HOSTILE, first, second),
            tree.Note(first, second),
            tree.SignatureLines([tree.Signer(first, second)]),
        ],
    )
