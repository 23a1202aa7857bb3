"""What language gives away: "we" instead of "I", talk of what one would do, labels.

Pure functions over Polish text, the language interviews are held in. They find words and
never judge: whoever reads the finding decides, nothing is blocked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WE_PAST = re.compile(r"[^\W\d_]{2,}(?:liśmy|łyśmy)")
_WE_NOW = re.compile(r"[^\W\d_]+(?:emy|imy|ymy|amy)")
_WE_PRONOUNS = frozenset({"my", "myśmy", "żeśmy"})
_NOUNS_IN_MY = _words(
    """
    problemy systemy schematy kremy poematy tremy diademy totemy ekstremy
    zimy rymy dymy klimy reżimy pielgrzymy pantomimy pseudonimy synonimy anonimy minimy
    mamy damy ramy bramy plamy tamy lamy gamy dramy programy reklamy diagramy gramy kilogramy
    telegramy panoramy harmonogramy piżamy amalgamy spamy kramy chramy organigramy
    fonogramy dekagramy miligramy
    """
)
"""Forms in ``-my`` that are, or mostly are, nouns."""

_WOULD = re.compile(r"[^\W\d_]{2,}(?:łabym|łbym|łabyś|łbyś|łaby|łby|łyby|liby|łybyśmy|libyśmy)")
_WOULD_ALONE = frozenset({"bym", "byśmy", "gdybym", "gdybyśmy"})
_ALWAYS = frozenset({"zawsze", "zwykle", "zazwyczaj", "nigdy", "chyba", "pewnie", "ja"})
_NOT_WOULD = re.compile(r"(?:naj|nie|prze|o)?słab(?:y|ym|ymi)")

_STEMS = _words(
    """
    agresywn ambitn apatyczn aroganck asertywn biern błyskotliw bojaźliw bystr chaotyczn cierpliw
    cich dynamiczn dojrzał dokładn doskonał dyskretn egoistyczn elastyczn emocjonaln empatyczn
    energiczn fantastyczn godn gorliw grzeczn inteligentn introwertyczn kapryśn kłamliw kłótliw
    komunikatywn konfliktow kreatywn kulturaln leniw lękliw lojaln mądr mił naiwn nerwow
    niedbał nieasertywn niedojrzał niekonfliktow nieodpowiedzialn niepewn nieporadn niepunktualn
    niesamodzieln niesłown niesumienn niesystematyczn nieśmiał niezaradn niezdecydowan
    niezorganizowan obowiązkow obrażalsk odpowiedzialn odważn operatywn opanowan optymistyczn
    otwart pasywn perfekcyjn pewn pilny pilna pogodn porządn pracowit prawdomówn profesjonaln
    przebojow przedsiębiorcz przyjazn punktualn roszczeniow rozgarnięt roztargnion roztrzepan
    rozważn rzeteln samodzieln serdeczn skromn skrupulatn skryt słown solidn spokojn sprytn
    staranny staranna sumienn sympatyczn systematyczn szczer śmiał świetn taktown tchórzliw
    towarzysk uczciw uczynn uległ uparty uparta wrażliw wspaniał wycofan wytrwał wyuczon
    zaangażowan zahukan zakompleksion zamknięt zaradn zarozumiał zdemotywowan zdoln zdyscyplinowan
    zmotywowan zorganizowan zrównoważon życzliw żywiołow
    """
)
_LABELS = _words(
    """
    leń gaduła milczek introwertyk introwertyczka ekstrawertyk ekstrawertyczka perfekcjonista
    perfekcjonistka pracoholik pracoholiczka pesymista pesymistka optymista optymistka
    choleryk choleryczka flegmatyk flegmatyczka melancholik melancholiczka sangwinik sangwiniczka
    dominator dominatorka ofiara samotnik samotniczka indywidualista indywidualistka
    """
)
_DEGREES = _words(
    "mało bardzo zbyt dość niezbyt raczej za trochę nieco niezwykle wyjątkowo nadmiernie"
)
_BY_LENGTH = tuple(sorted(_STEMS, key=len, reverse=True))
_ENDS = frozenset({"y", "a", ""})
_OBLIQUE = frozenset({"ą", "ej", "ego", "ym", "im", "ę"})


@dataclass(frozen=True, slots=True)
class StoryHints:
    """What was found in a story; empty tuples mean nothing to say."""

    we: tuple[str, ...] = ()
    would: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())


def we_words(text: str) -> tuple[str, ...]:
    """Words that tell what "we" did: the person's own part cannot be seen in them."""
    return _once(word for word in WORD.findall(text) if _is_we(word.lower()))


def would_words(text: str) -> tuple[str, ...]:
    """Words that tell what somebody would do, instead of what they did."""
    words = WORD.findall(text)
    found = []
    for place, word in enumerate(words):
        low = word.lower()
        if low in _WOULD_ALONE or (_WOULD.fullmatch(low) and not _NOT_WOULD.fullmatch(low)):
            before = words[place - 1] if place else ""
            found.append(f"{before} {word}" if before.lower() in _ALWAYS else word)
    return _once(found)


def label_words(text: str) -> tuple[str, ...]:
    """Words that judge a person instead of telling what they did."""
    words = WORD.findall(text)
    found = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if not _is_label(word.lower(), before.lower()):
            continue
        found.append(f"{before} {word}" if before.lower() in _DEGREES else word)
    return _once(found)


def story_hints(*, situation: str, task: str, action: str, result: str) -> StoryHints:
    """Read the four parts of a story: "we" matters in the action, "would" everywhere."""
    parts = {"situation": situation, "task": task, "action": action, "result": result}
    return StoryHints(
        we=we_words(action),
        would=would_words("\n".join(parts.values())),
        missing=tuple(name for name, text in parts.items() if not text.strip()),
    )


def _is_we(word: str) -> bool:
    if word in _WE_PRONOUNS or _WE_PAST.fullmatch(word):
        return True
    return bool(_WE_NOW.fullmatch(word)) and word not in _NOUNS_IN_MY


def _is_label(word: str, before: str) -> bool:
    if word in _LABELS:
        return True
    for stem in _BY_LENGTH:
        if word.startswith(stem):
            end = word.removeprefix(stem)
            if end == "i":
                return stem.endswith(("k", "g"))
            return end in _ENDS or (before.startswith("osob") and end in _OBLIQUE)
    return False


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, in the order of the text, as it was typed first."""
    seen: dict[str, str] = {}
    for word in words:
        seen.setdefault(word.lower(), word)
    return tuple(seen.values())
