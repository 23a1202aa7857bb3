"""Made-up register print-outs in the lettered layout, with the truth they were made from.

The words are ours and mean little; what matters is where lines wrap, where pages
break and what stands at the start of a line.
"""

import random
import textwrap
from dataclasses import dataclass, field
from typing import Any

VERBS = [
    "omawia",
    "podaje",
    "wymienia",
    "stosuje",
    "ocenia",
    "wskazuje",
    "dobiera",
    "sporządza",
    "planuje",
    "opisuje",
    "rozróżnia",
    "porównuje",
    "wykonuje",
    "przygotowuje",
    "sprawdza",
    "prowadzi",
    "ustala",
    "wyjaśnia",
    "uzasadnia",
]
NOUNS = [
    "zasady",
    "metody",
    "narzędzia",
    "etapy",
    "warunki",
    "źródła",
    "materiały",
    "zadania",
    "wyniki",
    "dokumenty",
    "koszty",
    "terminy",
    "procedury",
    "zagrożenia",
    "potrzeby",
    "cele",
    "przykłady",
    "błędy",
    "parametry",
    "wymagania",
    "surowce",
]
RESTS = (
    "organizacji pracy",
    "w trakcie procesu obsługi",
    "dla odbiorców o różnych potrzebach",
    "zgodnie z zasadami bezpieczeństwa",
    "(np. pomiar, próba, ogląd)",
    "na podstawie zebranych informacji",
    "i uzasadnia ich wybór",
    "m.in. plan, kosztorys, umowę",
    "z wykorzystaniem Krajowego Systemu Jakości",
    "przy użyciu urządzeń pomiarowych",
    "oraz sposoby reagowania na nie",
    "w oparciu o art. 5 ust. 2 ustawy",
    "po ukończeniu 18 r. ż. odbiorcy",
    "z poziomem odniesienia 3.5 i 1. przybliżeniem",
    "w warunkach zmiennego obciążenia (por. załącznik 2)",
)
VALIDITY = (
    "Okres ważności dokumentu potwierdzającego nadanie kwalifikacji i warunki przedłużenia jego"
    " ważności"
)
LEGAL_BASIS = (
    "Na podstawie Obwieszczenia Ministra Próbnego z dnia 2021-02-03 r. w sprawie włączenia"
    " kwalifikacji rynkowej >{title}< do Zintegrowanego Systemu Kwalifikacji (Monitor Polski"
    " z dnia 2021-02-10 r., poz. 77)"
)
TITLE_VERBS = [
    "Organizuje",
    "Planuje",
    "Prowadzi",
    "Nadzoruje",
    "Dokumentuje",
    "Rozlicza",
    "Przygotowuje",
]
SET_NOUNS = ["Organizowanie", "Planowanie", "Nadzorowanie", "Rozliczanie", "Przygotowanie"]


Sets = list[tuple[str, list[tuple[str, list[str]]]]]
"""Titles of sets, each with the titles of its outcomes, each with its criteria."""


@dataclass
class Truth:
    title: str
    zrk: str
    old_code: str
    sets: Sets


@dataclass
class Layout:
    width: int = 110
    gaps: str = "register"
    pages: float = 0.02
    furniture: str = "none"
    newline: str = "\n"
    encoding: str = "utf-8"
    nbsp: bool = False
    marker: str = "."
    terminator: str = ""
    missing: frozenset[str] = frozenset()
    anchors: bool = True


@dataclass
class Printout:
    data: bytes
    truth: Truth
    lines: list[str]
    home: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    """Numbers of the lines that carry each outcome."""


def lettered(seed: int = 1, **changes: Any) -> bytes:
    """One print-out, always the same for the same seed and layout."""
    rng = random.Random(seed)  # noqa: S311 - made-up words, no secrets
    return make_printout(rng, make_truth(rng), Layout(**changes)).data


def make_layout(rng: random.Random) -> Layout:
    """Any layout a print-out may reach us in."""
    parts = "short validity validation legal old zrk synthesis bodies prerequisites"
    return Layout(
        width=rng.choice((60, 80, 100, 118)),
        gaps=rng.choice(("register", "none", "wide", "single")),
        pages=rng.choice((0, 0.02, 0.1)),
        furniture=rng.choice(("none", "numbers", "url", "header")),
        newline=rng.choice(("\n", "\r\n", "\r")),
        encoding=rng.choice(("utf-8", "utf-8-sig", "cp1250", "utf-16", "iso8859-2")),
        nbsp=rng.random() < 0.3,
        marker=rng.choice((".", ".", ")")),
        terminator=rng.choice(("", "", ";", ",")),
        missing=frozenset(part for part in parts.split() if rng.random() < 0.1),
        anchors=rng.random() < 0.9,
    )


def make_truth(rng: random.Random) -> Truth:
    seen: set[str] = set()

    def phrase(first: str) -> str:
        while True:
            words = [first, rng.choice(NOUNS), *rng.sample(RESTS, rng.choice((0, 1, 1, 2, 3)))]
            text = " ".join(words)
            if len(words) < 3:
                text += f" {rng.choice(NOUNS)}"
            if text not in seen:
                seen.add(text)
                return text

    sets = []
    for _ in range(rng.randint(1, 4)):
        outcomes = []
        for _ in range(rng.choice((1, 2, 3, 4, 12))):
            count = rng.choice((1, 2, 3, 4, 5, 6, 9, 28) if rng.random() < 0.1 else (1, 2, 3, 5, 6))
            criteria = [phrase(rng.choice(VERBS)) for _ in range(count)]
            outcomes.append((phrase(rng.choice(TITLE_VERBS)), criteria))
        sets.append((phrase(rng.choice(SET_NOUNS)), outcomes))
    return Truth(
        title=f"Wykonywanie {rng.choice(NOUNS)} próbnych",
        zrk=str(rng.randint(10000, 99999)),
        old_code=f"{rng.randint(2, 7)}C{rng.randint(10**8, 10**9 - 1)}",
        sets=sets,
    )


def letter(index: int) -> str:
    return chr(97 + index) if index < 26 else "a" + chr(97 + index - 26)


def make_printout(rng: random.Random, truth: Truth, layout: Layout) -> Printout:
    writer = _Writer(rng, layout)
    _write_top(writer, truth)
    writer.section("Zestawy efektów uczenia się", [])
    for i, (set_title, outcomes) in enumerate(truth.sets):
        writer.paragraph(f"{i + 1}) {set_title}", width=layout.width - 15)
        if layout.anchors:
            writer.paragraph(
                "Poszczególne efekty uczenia się oraz kryteria weryfikacji ich osiągnięcia"
            )
        for j, (title, criteria) in enumerate(outcomes):
            begin = len(writer.lines)
            writer.paragraph(f"{j + 1}. {title}", width=layout.width - 15)
            writer.paragraph("  Kryteria weryfikacji:")
            for k, text in enumerate(criteria):
                end = (
                    layout.terminator if k < len(criteria) - 1 or layout.terminator != ";" else "."
                )
                writer.criterion(
                    f"{letter(k)}{layout.marker} {text}{end if layout.terminator else ''}"
                )
            writer.home[(i, j)] = set(range(begin + 1, len(writer.lines) + 1))
    if "bodies" not in layout.missing:
        writer.section("Instytucje certyfikujące i podmioty powiązane z kwalifikacją", [])
        writer.paragraph("1 Zakład Próbny w Łęcznej")
    writer.section("Wnioskodawca:", ["Izba Próbna w Żarach"])
    return Printout(writer.encode(), truth, writer.lines, writer.home)


def _write_top(writer: "_Writer", truth: Truth) -> None:
    about = "Osoba posiadająca tę kwalifikację organizuje pracę i odpowiada za jej wyniki. " * 3
    sections = (
        ("short", "Krótka charakterystyka kwalifikacji", [about]),
        (
            "prerequisites",
            "W razie potrzeby warunki, jakie musi spełniać osoba przystępująca do walidacji",
            ["Wykształcenie średnie (poziom 4 PRK)."],
        ),
        (
            "validity",
            VALIDITY,
            ["Bezterminowo"],
        ),
        (
            "validation",
            "Wymagania dotyczące walidacji i podmiotów przeprowadzających walidację",
            ["Komisja składa się z co najmniej 2 osób (poziom 6 PRK)."],
        ),
        (
            "legal",
            "Podstawa prawna włączenia kwalifikacji do ZSK",
            [
                LEGAL_BASIS.format(title=truth.title),
            ],
        ),
        ("old", "Kod kwalifikacji (do 2020 roku)", [truth.old_code]),
        ("zrk", "Kod kwalifikacji (od 2020 roku)", [truth.zrk]),
        ("synthesis", "Syntetyczna charakterystyka efektów uczenia się", [about]),
    )
    for name, heading, paragraphs in sections:
        if name not in writer.layout.missing:
            writer.section(heading, paragraphs)


class _Writer:
    def __init__(self, rng: random.Random, layout: Layout) -> None:
        self.rng = rng
        self.layout = layout
        self.lines: list[str] = []
        self.home: dict[tuple[int, int], set[int]] = {}
        self.page = 1

    def put(self, line: str) -> None:
        if self.lines and self.rng.random() < self.layout.pages:
            self._break_page()
        self.lines.append(line)

    def gap(self) -> None:
        if self.layout.gaps != "none":
            self.lines.append("")

    def section(self, heading: str, paragraphs: list[str]) -> None:
        self.paragraph(heading, width=min(self.layout.width, 78))
        for text in paragraphs:
            self.paragraph(text)

    def paragraph(self, text: str, width: int | None = None) -> None:
        self.gap()
        for line in _wrap(text, width or self.layout.width):
            self.put(line)
        self.gap()

    def criterion(self, text: str) -> None:
        lines = _wrap(text, self.layout.width)
        for order, line in enumerate(lines):
            if order and self.layout.gaps == "register" and self.rng.random() < 0.6:
                self.lines.append("")
            self.put(line)
        if self.layout.gaps == "wide":
            self.lines.append("")

    def _break_page(self) -> None:
        furniture = self.layout.furniture
        self.lines.extend([""] * self.rng.randint(1, 3))
        if furniture == "numbers":
            self.lines.append(str(self.page))
        elif furniture == "url":
            self.lines.append(f"https://kwalifikacje.example/zrk/{self.page} {self.page}/9")
        elif furniture == "header":
            self.lines.append("Zintegrowany Rejestr Próbny")
        self.page += 1
        self.lines.extend([""] * self.rng.randint(1, 2))

    def encode(self) -> bytes:
        text = self.layout.newline.join(self.lines) + self.layout.newline
        if self.layout.nbsp:
            text = text.replace(" w ", " w\u00a0").replace(". ", ".\u00a0", 7)
        return text.encode(self.layout.encoding)


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [text]
