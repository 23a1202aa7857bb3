"""Sizes both paper renderings share."""

from collections.abc import Iterable, Iterator, Sequence

from bilans.documents import svg, tree

_WIDEST = 60
"""Letters after which a cell asks for no more width."""

_LINE = 88
"""Letters that fit side by side into a table's line, cells' margins not counted."""

_LONGEST_WORD = 22
"""A longer word is broken."""

_MOST_TEXT, _MOST_LINES = 1200, 44
"""Letters and lines, together about a third of a page, that are not torn apart."""

_KEPT = (tree.Facts, tree.Note, tree.SignatureLines, tree.Statement, tree.Table)


def column_shares(table: tree.Table) -> list[float]:
    """Return each column's part of the width, together 1, so that no ordinary word breaks.

    The table's own widths come first, its content where it has none.
    """
    columns = list(zip(table.head, *table.rows, strict=True))
    weights = [float(width) for width in table.widths] or [
        min(_WIDEST, 4 + max(map(len, cells))) ** 0.75 for cells in columns
    ]
    least = [_least_share(cells) for cells in columns]
    if sum(least) >= 1:
        return [share / sum(least) for share in least]
    shares = [weight / sum(weights) for weight in weights]
    short = {place for place, share in enumerate(shares) if share < least[place]}
    spare = (1 - sum(least[place] for place in short)) / (
        sum(share for place, share in enumerate(shares) if place not in short) or 1
    )
    return [least[place] if place in short else share * spare for place, share in enumerate(shares)]


def _least_share(cells: Iterable[str]) -> float:
    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    return (min(longest, _LONGEST_WORD) + 3) / _LINE


def stays_whole(block: tree.Block) -> bool:
    """Say whether the block is short enough to move to the next page rather than be torn."""
    lines = list(block.lines())
    return (
        isinstance(block, _KEPT)
        and len(lines) <= _MOST_LINES
        and sum(map(len, lines)) <= _MOST_TEXT
    )


def leads_to_signatures(block: tree.Block, following: tree.Block | None) -> bool:
    """Say whether the block must go along, so that nobody signs a page with nothing on it."""
    return isinstance(following, tree.SignatureLines) and (
        stays_whole(block) or isinstance(block, (tree.Paragraph, tree.Bullets, tree.Numbered))
    )


def with_following(blocks: Sequence[tree.Block]) -> Iterator[tuple[tree.Block, tree.Block | None]]:
    """Yield each block with the one after it."""
    yield from zip(blocks, [*blocks[1:], None], strict=True)


def picture_size(picture: str, *, width: float, height: float) -> tuple[float, float]:
    """Return the size at which the picture fills the width, or the height where it is tall."""
    own_width, own_height = svg.size_of(picture)
    scale = min(width / own_width, height / own_height)
    return own_width * scale, own_height * scale
