"""The headings a register print-out is known to use, and what each one opens."""

from dataclasses import dataclass
from typing import Literal

from bilans.catalogue.importer.words import key

Holds = Literal["group", "text", "value", "sets", "aside"]


@dataclass(frozen=True, slots=True)
class Heading:
    """``group`` has no text of its own; ``aside`` has text the format has no field for.

    A ``weak`` heading is too short to be trusted inside the sets of outcomes.
    """

    name: str
    text: str
    holds: Holds
    weak: bool = False
    expected: bool = False

    @property
    def key(self) -> str:
        return key(self.text)


HEADINGS = (
    Heading("short_characteristics", "Krótka charakterystyka kwalifikacji", "text", expected=True),
    Heading("group", "Informacje o kwalifikacji", "group"),
    Heading(
        "target_groups",
        "Grupy osób, które mogą być zainteresowane uzyskaniem kwalifikacji",
        "text",
    ),
    Heading(
        "prerequisites",
        "W razie potrzeby warunki, jakie musi spełniać osoba przystępująca do walidacji",
        "text",
        expected=True,
    ),
    Heading(
        "prerequisites", "Warunki, jakie musi spełniać osoba przystępująca do walidacji", "text"
    ),
    Heading("preceding", "Wymagane kwalifikacje poprzedzające", "text"),
    Heading("uses", "Typowe możliwości wykorzystania kwalifikacji", "text"),
    Heading(
        "validity",
        "Okres ważności dokumentu potwierdzającego nadanie kwalifikacji"
        " i warunki przedłużenia jego ważności",
        "text",
        expected=True,
    ),
    Heading("validity", "Okres ważności dokumentu potwierdzającego nadanie kwalifikacji", "text"),
    Heading("demand", "Zapotrzebowanie na kwalifikację", "text"),
    Heading(
        "related_qualifications",
        "Odniesienie do kwalifikacji o zbliżonym charakterze oraz wskazanie kwalifikacji"
        " ujętych w ZRK zawierających wspólne zestawy efektów uczenia się",
        "text",
    ),
    Heading(
        "validation",
        "Wymagania dotyczące walidacji i podmiotów przeprowadzających walidację",
        "text",
        expected=True,
    ),
    Heading("group", "Informacje dodatkowe", "group"),
    Heading("legal_basis", "Podstawa prawna włączenia kwalifikacji do ZSK", "text", expected=True),
    Heading("functioning_since", "Data rozpoczęcia funkcjonowania kwalifikacji w ZSK", "value"),
    Heading("included_on", "Data włączenia kwalifikacji do ZSK", "value"),
    Heading("included_on", "Data włączenia do ZSK", "value", weak=True),
    Heading(
        "workload_hours",
        "Orientacyjny nakład pracy potrzebny do uzyskania kwalifikacji (w godzinach)",
        "value",
    ),
    Heading(
        "workload_hours",
        "Orientacyjny nakład pracy potrzebny do uzyskania kwalifikacji",
        "value",
    ),
    Heading("workload_hours", "Objętość kwalifikacji", "value", weak=True),
    Heading("review_max", "Termin dokonywania przeglądu kwalifikacji", "value"),
    Heading("review_next", "Termin następnego przeglądu kwalifikacji", "value"),
    Heading("isced", "Kod dziedziny kształcenia", "value"),
    Heading("pkd", "Kod PKD", "value"),
    Heading("zrk_pre2020", "Kod kwalifikacji (do 2020 roku)", "value"),
    Heading("zrk", "Kod kwalifikacji (od 2020 roku)", "value", expected=True),
    Heading(
        "consultation",
        "Streszczenie opinii uzyskanych podczas konsultacji projektu kwalifikacji",
        "aside",
    ),
    Heading("entitlements", "Uprawnienia związane z posiadaniem kwalifikacji", "aside"),
    Heading("quality_body", "Podmiot zewnętrznego zapewniania jakości", "aside"),
    Heading("group", "Efekty uczenia się", "group", weak=True),
    Heading("synthesis", "Syntetyczna charakterystyka efektów uczenia się", "text", expected=True),
    Heading("sets", "Zestawy efektów uczenia się", "sets", expected=True),
    Heading(
        "certifying_bodies",
        "Instytucje certyfikujące i podmioty powiązane z kwalifikacją",
        "text",
    ),
    Heading("applicant", "Wnioskodawca", "value"),
    Heading("minister", "Minister właściwy dla kwalifikacji", "value"),
    Heading("title", "Nazwa kwalifikacji", "value", weak=True),
    Heading("prk_level", "Poziom PRK", "value", weak=True),
    Heading("prk_level", "Poziom Polskiej Ramy Kwalifikacji", "value", weak=True),
    Heading("status", "Status", "value", weak=True),
    Heading("status", "Status kwalifikacji", "value", weak=True),
    Heading("scope", "Rodzaj kwalifikacji", "value", weak=True),
    Heading("scope", "Rodzaj", "value", weak=True),
    Heading("category", "Kategoria", "value", weak=True),
    Heading("category", "Kategoria kwalifikacji", "value", weak=True),
    Heading("certificate_name", "Dokument potwierdzający nadanie kwalifikacji", "value", weak=True),
    Heading("certificate_name", "Dokument potwierdzający", "value", weak=True),
    Heading("certificate_name", "Nazwa dokumentu potwierdzającego nadanie kwalifikacji", "value"),
)

BY_KEY = {heading.key: heading for heading in HEADINGS}
LONGEST = max(len(each) for each in BY_KEY)
ONE_LINE = frozenset(
    {
        "functioning_since", "included_on", "workload_hours", "review_next", "zrk_pre2020",
        "zrk", "prk_level", "status", "scope", "category",
    }
)  # fmt: skip
"""Sections whose value is one line; anything below it belongs to nobody."""
EXPECTED = tuple(
    dict.fromkeys((heading.name, heading.text) for heading in HEADINGS if heading.expected)
)
