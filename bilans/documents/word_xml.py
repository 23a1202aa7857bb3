"""WordprocessingML, element by element: text is only ever set as text, never as markup."""

from collections.abc import Iterable, Sequence

from lxml import etree

from bilans.documents.text import lines_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def add(parent: etree._Element, name: str, **attributes: str | int) -> etree._Element:
    """Append ``<w:name w:attribute="…">`` and return it."""
    return etree.SubElement(
        parent, _W + name, {_W + key.rstrip("_"): str(value) for key, value in attributes.items()}
    )


def find(parent: etree._Element, name: str) -> etree._Element:
    """Return the first such element anywhere below; the template has it."""
    return next(parent.iter(_W + name))


class Body:
    """Appends paragraphs and tables before the section's properties, in reading order."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self._end = find(element, "sectPr")

    def _place(self, name: str) -> etree._Element:
        made = add(self._element, name)
        self._end.addprevious(made)
        return made

    @property
    def length(self) -> int:
        """How many paragraphs and tables the body has."""
        return len(self._element) - 1

    def keep_from(self, place: int, *, last_too: bool) -> None:
        """Keep what stands from this place to the end on one page, and with what comes next."""
        made = self._element[place : self.length]
        last = made[-1:] if not last_too else []
        if last and last[0].tag == _W + "tbl":
            last = [last[0][-1]]
        free = {paragraph for element in last for paragraph in element.iter(_W + "p")}
        for paragraph in (found for element in made for found in element.iter(_W + "p")):
            if paragraph not in free:
                paragraph[0][0].addnext(paragraph.makeelement(_W + "keepNext"))

    def paragraph(self, style: str, text: str = "", *, number: int | None = None) -> etree._Element:
        made = self._place("p")
        properties = _paragraph_style(made, style)
        if number is not None:
            numbering = add(properties, "numPr")
            add(numbering, "ilvl", val=0)
            add(numbering, "numId", val=number)
        if text:
            run(made, text)
        return made

    def table(
        self,
        *,
        caption: str,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[int],
    ) -> None:
        made = self._place("tbl")
        properties = add(made, "tblPr")
        add(properties, "tblStyle", val="DataTable")
        add(properties, "tblW", w=sum(widths), type="dxa")
        add(properties, "tblLayout", type="fixed")
        add(properties, "tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, noVBand=1)
        if caption:
            add(properties, "tblCaption", val=caption)
        grid = add(made, "tblGrid")
        for width in widths:
            add(grid, "gridCol", w=width)
        _row(made, head, widths, style="TableHead", header=True)
        for row in rows:
            _row(made, row, widths, style="TableText", header=False)


def _row(
    table: etree._Element, cells: Sequence[str], widths: Sequence[int], *, style: str, header: bool
) -> None:
    row = add(table, "tr")
    properties = add(row, "trPr")
    add(properties, "cantSplit")
    if header:
        add(properties, "tblHeader")
    for text, width in zip(cells, widths, strict=True):
        cell = add(row, "tc")
        add(add(cell, "tcPr"), "tcW", w=width, type="dxa")
        paragraph = add(cell, "p")
        _paragraph_style(paragraph, style)
        if text:
            run(paragraph, text)


def _paragraph_style(paragraph: etree._Element, style: str) -> etree._Element:
    properties = add(paragraph, "pPr")
    add(properties, "pStyle", val=style)
    return properties


def run(paragraph: etree._Element, text: str, *, style: str = "") -> None:
    """Append the text as one run, its line ends as line breaks."""
    made = add(paragraph, "r")
    if style:
        add(add(made, "rPr"), "rStyle", val=style)
    for place, line in enumerate(lines_of(text)):
        if place:
            add(made, "br")
        _text(made, line)


def words(paragraph: etree._Element, text: str) -> None:
    """Append words as they are, with the spaces at their edges."""
    _text(add(paragraph, "r"), text)


def _text(made: etree._Element, text: str) -> None:
    piece = add(made, "t")
    piece.set(_SPACE, "preserve")
    piece.text = text


def tab(paragraph: etree._Element) -> None:
    add(add(paragraph, "r"), "tab")


def field(paragraph: etree._Element, code: str) -> None:
    """Append a field the word processor works out, such as PAGE."""
    shown = add(add(paragraph, "fldSimple", instr=code), "r")
    add(shown, "t").text = "1"


def list_from_one(numbering: etree._Element, *, like: int) -> int:
    """Add a list that counts from one and return its number."""
    number = 1 + max(int(found.get(_W + "numId")) for found in numbering.iter(_W + "num"))
    made = add(numbering, "num", numId=number)
    add(made, "abstractNumId", val=like)
    add(add(made, "lvlOverride", ilvl=0), "startOverride", val=1)
    return number
