"""The tree as an HTML fragment: semantic, escaped, classes only."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bilans.documents import labels, svg, tree
from bilans.documents.text import lines_of

DEEPEST = 6
_NOTHING = format_html("{}", "")


def render(document: tree.Document, *, base_level: int = 2) -> SafeString:
    """Return the document as one ``<article>``; its title is a heading of ``base_level``.

    With 2 the page keeps its own ``<h1>``; give 1 where the document is the page.
    """
    with translation.override(document.language):
        blocks = (
            (_RENDERERS[type(block)](block, base_level=base_level),) for block in document.blocks
        )
        return format_html(
            '<article class="doc" lang="{}"><header class="doc-head">{}{}{}{}</header>{}</article>',
            document.language,
            _optional('<p class="doc-marking">{}</p>', document.marking),
            _heading(document.title, base_level, "doc-title"),
            _optional('<p class="doc-subtitle">{}</p>', document.subtitle),
            _pairs(document.particulars()),
            format_html_join("", "{}", blocks),
        )


def _optional(markup: str, text: str) -> SafeString:
    return format_html(markup, text) if text else _NOTHING


def _heading(text: str, level: int, name: str) -> SafeString:
    tag = f"h{min(level, DEEPEST)}"
    return format_html('<{} class="{}">{}</{}>', tag, name, text, tag)


def _broken(text: str) -> SafeString:
    """Keep the line ends of a text inside one element."""
    lines = lines_of(text)
    first, rest = (lines[0], lines[1:]) if lines else ("", [])
    return format_html("{}{}", first, format_html_join("", "<br>{}", ((line,) for line in rest)))


def _paragraphs(text: str) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines_of(text)))


def _items(tag: str, items: Sequence[str]) -> SafeString:
    if not items:
        return _NOTHING
    inner = format_html_join("", "<li>{}</li>", ((_broken(item),) for item in items))
    return format_html('<{} class="doc-list">{}</{}>', tag, inner, tag)


def _pairs(rows: tree.Rows) -> SafeString:
    if not rows:
        return _NOTHING
    inner = format_html_join(
        "",
        "<div><dt>{}</dt><dd>{}</dd></div>",
        ((label, _broken(value)) for label, value in rows),
    )
    return format_html('<dl class="doc-facts">{}</dl>', inner)


def _block_heading(block: tree.Heading, *, base_level: int) -> SafeString:
    return _heading(block.text, base_level + block.level, f"doc-heading doc-heading--{block.level}")


def _block_paragraph(block: tree.Paragraph, **_: int) -> SafeString:
    return _paragraphs(block.text)


def _block_quote(block: tree.Quote, **_: int) -> SafeString:
    return format_html(
        '<figure class="doc-quote"><blockquote>{}</blockquote>{}</figure>',
        _paragraphs(block.text),
        _optional("<figcaption>{}</figcaption>", block.who),
    )


def _block_note(block: tree.Note, **_: int) -> SafeString:
    return format_html(
        '<div class="doc-note">{}{}</div>',
        _optional('<p class="doc-note__title">{}</p>', block.title),
        _paragraphs(block.text),
    )


def _block_bullets(block: tree.Bullets, **_: int) -> SafeString:
    return _items("ul", block.items)


def _block_numbered(block: tree.Numbered, **_: int) -> SafeString:
    return _items("ol", block.items)


def _block_facts(block: tree.Facts, **_: int) -> SafeString:
    return _pairs(block.rows)


def _block_table(block: tree.Table, **_: int) -> SafeString:
    head = format_html_join(
        "", '<th scope="col">{}</th>', ((_broken(cell),) for cell in block.head)
    )
    rows = format_html_join(
        "",
        "<tr>{}</tr>",
        (
            (format_html_join("", "<td>{}</td>", ((_broken(cell),) for cell in row)),)
            for row in block.rows
        ),
    )
    return format_html(
        '<div class="doc-table" role="region" aria-label="{}" tabindex="0"><table>{}'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        block.caption or " · ".join(block.head),
        _optional("<caption>{}</caption>", block.caption),
        head,
        rows,
    )


def _block_figure(block: tree.Figure, **_: int) -> SafeString:
    return format_html(
        '<figure class="doc-figure"><div class="doc-figure__picture" role="region" '
        'aria-label="{}" tabindex="0">{}</div>{}</figure>',
        block.caption or block.alt,
        svg.inline(block.svg, alt=block.alt),
        _optional("<figcaption>{}</figcaption>", block.caption),
    )


def _block_statement(block: tree.Statement, **_: int) -> SafeString:
    return format_html(
        '<div class="doc-statement"><p class="doc-statement__text">{}{}</p>{}{}{}</div>',
        _optional('<span class="doc-statement__number">{}</span> ', block.number),
        _broken(block.text),
        _pairs(block.facts),
        _sources(block.sources),
        _position(block),
    )


def _sources(sources: Sequence[str]) -> SafeString:
    if not sources:
        return _NOTHING
    return format_html('<p class="doc-label">{}</p>{}', labels.sources(), _items("ul", sources))


def _position(block: tree.Statement) -> SafeString:
    words = _optional("<blockquote>{}</blockquote>", _paragraphs(block.position_words))
    if not block.position_label:
        return words
    return format_html(
        '<p class="doc-position"><span class="doc-label">{}</span> <strong>{}</strong></p>{}',
        labels.position(),
        block.position_label,
        words,
    )


def _block_signatures(block: tree.SignatureLines, **_: int) -> SafeString:
    people = format_html_join(
        "",
        '<li><span class="doc-signer">{}</span>{}<span class="doc-hint">{}</span></li>',
        (
            (
                person.name,
                _optional('<span class="doc-role">{}</span>', person.role),
                person.note or labels.signature_line(),
            )
            for person in block.people
        ),
    )
    return format_html('<ul class="doc-signatures">{}</ul>', people)


_RENDERERS: dict[type[tree.Node], Callable[..., Any]] = {
    tree.Heading: _block_heading,
    tree.Paragraph: _block_paragraph,
    tree.Quote: _block_quote,
    tree.Note: _block_note,
    tree.Bullets: _block_bullets,
    tree.Numbered: _block_numbered,
    tree.Facts: _block_facts,
    tree.Table: _block_table,
    tree.Figure: _block_figure,
    tree.Statement: _block_statement,
    tree.SignatureLines: _block_signatures,
}
