"""What kind of document this is, by its anchors; never by its file name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bilans.catalogue.importer.reading import LONG_LINE, Line
from bilans.catalogue.importer.words import key

REGISTER = "zrk_printout"
NOTICE = "notice"
STANDARD = "occupational_standard"
DESCRIPTION = "occupation_description"
UNKNOWN = "unknown"

NAMES = {
    REGISTER: _("print-out of the register of qualifications"),
    NOTICE: _("notice of inclusion of a qualification"),
    STANDARD: _("standard of occupational competences"),
    DESCRIPTION: _("description of an occupation"),
}

_WHOLE_LINE = {
    REGISTER: {
        "kodkwalifikacjiod2020roku": 4,
        "kodkwalifikacjido2020roku": 3,
        "zestawyefektowuczeniasie": 1,
        "kryteriaweryfikacji": 3,
        "podstawaprawnawlaczeniakwalifikacjidozsk": 3,
        "krotkacharakterystykakwalifikacji": 1,
        "instytucjecertyfikujaceipodmiotypowiazanezkwalifikacja": 2,
        "poszczegolneefektyuczeniasieorazkryteriaweryfikacjiichosiagniecia": 1,
        "terminnastepnegoprzegladukwalifikacji": 2,
        "informacjeokwalifikacji": 1,
        "grupyosobktoremogabyczainteresowaneuzyskaniemkwalifikacji": 2,
        "wraziepotrzebywarunkijakiemusispelniacosobaprzystepujacadowalidacji": 2,
        "typowemozliwosciwykorzystaniakwalifikacji": 2,
        "zapotrzebowanienakwalifikacje": 2,
        "wymaganiadotyczacewalidacjiipodmiotowprzeprowadzajacychwalidacje": 2,
    },
    NOTICE: {"obwieszczenie": 5, "zalacznikdoobwieszczenia": 2},
    STANDARD: {"krajowystandardkompetencjizawodowych": 6, "standardkompetencjizawodowych": 5},
    DESCRIPTION: {"synteza": 2, "zadaniazawodowe": 2, "nazwa": 1, "kod": 1},
}
_LINE_START = {
    NOTICE: {
        "informacjeowlaczeniukwalifikacji": 4,
        "wsprawiewlaczeniakwalifikacji": 2,
        "zalacznikdoobwieszczenia": 2,
        "obwieszczenieministr": 5,
    },
    REGISTER: {"kryteriaweryfikacji": 3, "kodkwalifikacjiod2020": 4, "kodkwalifikacjido2020": 3},
    STANDARD: {"krajowystandardkompetencjizawodowych": 6, "standardkompetencjizawodowych": 5},
    DESCRIPTION: {},
}
_ENOUGH = 4
_LEAD = 2


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    rivals: tuple[str, ...] = ()
    """Kinds that scored almost as much; a person is asked."""


def recognise(lines: Sequence[Line]) -> Kind:
    """Score every anchor once per document; the best kind wins if it wins clearly."""
    keys = _keys(lines)
    scores = {kind: _score(kind, keys) for kind in _WHOLE_LINE}
    order = sorted(scores, key=lambda kind: -scores[kind])
    best = order[0]
    if scores[best] < _ENOUGH:
        return Kind(UNKNOWN)
    rivals = tuple(
        k for k in order[1:] if scores[k] >= _ENOUGH and scores[best] - scores[k] < _LEAD
    )
    return Kind(best, rivals)


def _keys(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(key(line.text) for line in lines if 0 < len(line.text) <= LONG_LINE // 10)


def _score(kind: str, keys: frozenset[str]) -> int:
    whole = _WHOLE_LINE[kind]
    found = {anchor: worth for anchor, worth in whole.items() if anchor in keys}
    for anchor, worth in _LINE_START[kind].items():
        if anchor not in found and any(
            text.startswith(anchor) and len(text) < len(anchor) + 60 for text in keys
        ):
            found[anchor] = worth
    return sum(found.values())
