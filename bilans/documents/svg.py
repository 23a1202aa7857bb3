"""Pictures by allow-list: what may stand in a figure, and the same picture inside a page.

Colours are presentation attributes and ``currentColor``; the root's own ``color`` is the ink on
paper and is left out on screen, so that the picture takes the page's ink, in the dark too.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from lxml import etree

_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "title",
        "desc",
        "text",
        "tspan",
        "rect",
        "circle",
        "ellipse",
        "line",
        "path",
        "polygon",
        "polyline",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "viewBox",
        "width",
        "height",
        "x",
        "y",
        "dx",
        "dy",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "d",
        "points",
        "transform",
        "class",
        "color",
        "opacity",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-opacity",
        "stroke-width",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "font-family",
        "font-size",
        "font-weight",
        "font-style",
        "text-anchor",
    ]
)
_NAMESPACE = "{http://www.w3.org/2000/svg}"


def _parsed(svg: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not an SVG picture: {error}") from error


def _name(element: etree._Element) -> str:
    return str(element.tag).removeprefix(_NAMESPACE)


def check_picture(svg: str) -> None:
    """Refuse whatever could fetch, run or collide: links, scripts, styles, ids, entities.

    Raises:
        ValueError: names the first thing that has no place in a document's picture.
    """
    if "<!" in svg or "<?" in svg:
        raise ValueError("a picture has no declarations, comments or instructions")
    root = _parsed(svg)
    if root.tag != f"{_NAMESPACE}svg" or not root.get("viewBox"):
        raise ValueError("a picture is one svg element with a viewBox")
    for element in root.iter():
        if not str(element.tag).startswith(_NAMESPACE) or _name(element) not in _ELEMENTS:
            raise ValueError(f"<{_name(element)}> has no place in a picture")
        for name, value in element.attrib.items():
            allowed = str(name) in _ATTRIBUTES and (name == "transform" or "(" not in str(value))
            if not allowed:
                raise ValueError(f"{name}={value!r} has no place in a picture")


def size_of(svg: str) -> tuple[float, float]:
    """Return width and height of the picture's view box, in its own units."""
    box = str(_parsed(svg).get("viewBox")).replace(",", " ").split()
    return float(box[2]), float(box[3])


def inline(svg: str, *, alt: str) -> SafeString:
    """Return the picture for an HTML page, rebuilt from the allow-list and escaped again."""
    root = _parsed(svg)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="doc-picture" role="img"'
        ' aria-label="{}" focusable="false"{}>{}</svg>',
        alt,
        _attributes(root, leaving_out={"class", "color", "width", "height"}),
        format_html_join("", "{}", ((_element(child),) for child in root)),
    )


def _attributes(element: etree._Element, *, leaving_out: set[str]) -> SafeString:
    kept = [
        (name, value)
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and name not in leaving_out
    ]
    return format_html_join("", ' {}="{}"', kept)


def _element(element: etree._Element) -> SafeString:
    name = _name(element)
    if name not in _ELEMENTS:
        return format_html("{}", "")
    inner = format_html_join("", "{}{}", ((_element(child), child.tail or "") for child in element))
    attributes = _attributes(element, leaving_out=set())
    return format_html("<{}{}>{}{}</{}>", name, attributes, element.text or "", inner, name)
