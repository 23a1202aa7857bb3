import re
from io import BytesIO

import pytest
from lxml import etree

from bilans.documents import docx, glyphs, svg
from bilans.documents.chart import (
    LABELS,
    ROOM,
    STEP,
    EvidenceRow,
    Strength,
    ems,
    evidence_strength,
    evidence_strength_svg,
    wrapped,
)

ROWS = [
    EvidenceRow(str(place), f"Statement {strength}", strength, place)
    for place, strength in enumerate(Strength, start=1)
]
REDS = re.compile(r"#(?:[c-f][0-9a-f])(?:[0-5][0-9a-f]){2}", re.IGNORECASE)


def _elements(picture: str, name: str) -> list[etree._Element]:
    return list(etree.fromstring(picture).iter(f"{{http://www.w3.org/2000/svg}}{name}"))


def test_picture_and_table_say_the_same() -> None:
    figure, table = evidence_strength(ROWS, language="en")

    lengths = [float(str(bar.get("width"))) / STEP for bar in _elements(figure.svg, "rect")]
    assert [row[2] for row in table.rows] == (
        ["4 – strong", "3 – sufficient", "2 – weak", "1 – declaration only"]
    )
    assert [row[3] for row in table.rows] == ["1", "2", "3", "4"]
    assert lengths == [4, 3, 2, 1]


def test_every_bar_has_its_word_and_looks_unlike_the_others_in_grey() -> None:
    picture = evidence_strength_svg(ROWS, language="en")

    words = [text.text for text in _elements(picture, "text")]
    assert {"strong", "sufficient", "weak", "declaration only"} <= set(words)
    bars = _elements(picture, "rect")
    stripes = [str(path.get("d")).count("M") for path in _elements(picture, "path")]
    assert [bar.get("fill") != "none" for bar in bars] == [True, False, False, False]
    assert [bar.get("stroke-dasharray") is not None for bar in bars] == [False] * 3 + [True]
    assert len(stripes) == 2
    assert stripes[0] > 2 * stripes[1]


def test_nothing_is_red_and_nothing_needs_a_style() -> None:
    picture = evidence_strength_svg(ROWS)

    assert REDS.findall(picture) == []
    svg.check_picture(picture)


def test_on_screen_the_ink_is_the_pages() -> None:
    assert ' color="#' in evidence_strength_svg(ROWS)
    assert ' color="#' not in evidence_strength_svg(ROWS, on_screen=True)


@pytest.mark.parametrize(
    "label",
    ["short", "Planuje tygodniową pracę ośmioosobowego zespołu magazynowego", "x" * 90, "M" * 50],
)
def test_a_long_label_wraps_and_stays_in_its_column(label: str) -> None:
    lines = wrapped(label)

    assert "".join(lines).replace(" ", "") == label.replace(" ", "")
    assert max(map(ems, lines)) <= ROOM
    assert ROOM * 13 < LABELS


def test_a_label_without_end_is_shortened_and_says_so() -> None:
    lines = wrapped("bardzo długie stwierdzenie " * 40)

    assert len(lines) == 4
    assert lines[-1].endswith("…")


def test_stripes_stay_inside_their_bar() -> None:
    (bar,) = _elements(evidence_strength_svg(ROWS[1:2]), "rect")
    (path,) = _elements(evidence_strength_svg(ROWS[1:2]), "path")
    left, top = float(str(bar.get("x"))), float(str(bar.get("y")))
    right, bottom = left + float(str(bar.get("width"))), top + float(str(bar.get("height")))

    points = re.findall(r"[ML]([\d.]+) ([\d.]+)", str(path.get("d")))

    assert points
    assert all(left <= float(x) <= right and top <= float(y) <= bottom for x, y in points)


def test_a_hostile_label_is_text() -> None:
    rows = [EvidenceRow("1", "<script>&\x00 ]]>", Strength.WEAK, 0)]

    figure, table = evidence_strength(rows)

    assert "<script" not in figure.svg
    assert table.rows[0][1] == "<script>& ]]>"


def test_no_rows_make_an_empty_chart_and_not_an_error() -> None:
    figure, table = evidence_strength([])

    assert figure.alt
    assert table.rows == ()


def test_the_picture_for_word_is_drawn_with_our_letters() -> None:
    blank = evidence_strength_svg([])
    drawn = docx.picture(evidence_strength_svg(ROWS))

    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) > len(docx.picture(blank))
    assert BytesIO(drawn).read() == docx.picture(evidence_strength_svg(ROWS))


def test_the_picture_for_word_loses_no_letter() -> None:
    drawn = docx.picture(evidence_strength_svg([EvidenceRow("1", "sew ✓ 王", Strength.WEAK, 1)]))
    square = docx.picture(evidence_strength_svg([EvidenceRow("1", "sew □ □", Strength.WEAK, 1)]))

    assert drawn == square
    assert glyphs.for_picture("Шиє → řč – „ąę”") == "Шиє → řč – „ąę”"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>a{}</style>",
        '<a href="https://example.org"><text>x</text></a>',
        '<image href="file:///etc/passwd"/>',
        '<use href="#x"/>',
        '<rect style="fill:red"/>',
        '<rect onload="alert(1)"/>',
        '<rect id="main"/>',
        '<rect fill="url(https://example.org/x)"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        '<p xmlns="http://www.w3.org/1999/xhtml">x</p>',
        "<!-- remark -->",
        "<rect>",
    ],
)
def test_a_picture_holds_nothing_but_a_picture(inside: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        svg.check_picture(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'
        )


def test_entities_are_refused_before_they_are_read() -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>'

    with pytest.raises(ValueError, match="declarations"):
        svg.check_picture(bomb)
