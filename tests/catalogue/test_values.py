"""Header values and rules of other print-outs: what is read, what is asked, what stays absent."""

from typing import Any

import pytest

from bilans.catalogue.importer.prose import sentences
from bilans.catalogue.importer.read import Reading, read
from bilans.catalogue.importer.rules import leaf
from bilans.catalogue.importer.words import (
    find_date,
    fold,
    number_of,
    strip_terminator,
)
from tests.catalogue.printouts import lettered

VALIDITY = "Okres ważności dokumentu potwierdzającego nadanie kwalifikacji i warunki"
VALIDATION = "Wymagania dotyczące walidacji i podmiotów przeprowadzających walidację"


def with_change(old: str, new: str) -> Reading:
    text = lettered(gaps="single", pages=0).decode()
    assert old in text
    return read(text.replace(old, new).encode(), file="a")


def qualification(reading: Reading) -> dict[str, Any]:
    assert reading.document is not None
    return reading.document["qualification"]


def codes(reading: Reading) -> set[str]:
    return {item["code"] for item in reading.review}


@pytest.mark.parametrize(
    ("text", "kind", "months"),
    [
        ("Bezterminowo", "indefinite", None),
        ("Certyfikat jest ważny bezterminowo.", "indefinite", None),
        ("5 lat", "fixed", 60),
        ("Certyfikat ważny jest przez trzy lata.", "fixed", 36),
        ("36 miesięcy", "fixed", 36),
        ("5-letni okres", "fixed", 60),
        ("do odwołania", "unknown", None),
        ("2 lata albo 5 lat", "unknown", None),
    ],
)
def test_validity(text: str, kind: str, months: int | None) -> None:
    reading = with_change("Bezterminowo", text)

    validity = qualification(reading)["validity"]

    assert (validity["kind"], validity["months"]) == (kind, months)
    assert ("validity-unread" in codes(reading)) == (kind == "unknown")


def test_what_follows_the_first_sentence_is_renewal() -> None:
    reading = with_change("Bezterminowo", "Ważny 5 lat. Przedłużenie po roku pracy.")

    assert qualification(reading)["validity"]["months"] == 60
    assert qualification(reading)["renewal"]["raw"] == "Przedłużenie po roku pracy."


def test_the_level_is_taken_only_from_where_the_register_prints_it() -> None:
    printed = with_change("Krótka charakterystyka", "Poziom PRK\n\n4\n\nKrótka charakterystyka")
    sentence = with_change(
        "Krótka charakterystyka",
        "Kwalifikacja cząstkowa na poziomie 4 Polskiej Ramy Kwalifikacji i europejskich ram"
        " kwalifikacji\n\nKrótka charakterystyka",
    )

    for reading in (printed, sentence):
        level = qualification(reading)["prk_level"]
        assert (level["value"], level["how"]) == (4, "stated")
        assert "level-missing" not in codes(reading)


def test_a_level_that_the_old_code_contradicts_is_asked_about() -> None:
    reading = with_change("Krótka charakterystyka", "Poziom PRK\n\n8\n\nKrótka charakterystyka")

    assert qualification(reading)["prk_level"]["value"] == 8
    assert "level-disagrees" in codes(reading)


def test_without_a_legal_basis_the_title_is_absent_and_blocks() -> None:
    reading = read(lettered(missing=frozenset({"legal"})), file="a")

    assert qualification(reading)["title"]["how"] == "absent"
    assert "title-missing" in {item["code"] for item in reading.blockers}


def test_a_missing_section_is_said_to_be_missing() -> None:
    reading = read(lettered(missing=frozenset({"validation", "synthesis"})), file="a")

    missing = [item["question"] for item in reading.review if item["code"] == "section-missing"]
    assert len(missing) == 2
    assert "validation" not in qualification(reading)
    assert qualification(reading)["synthesis"] is None


def test_an_unknown_heading_does_not_flow_into_the_text_above() -> None:
    reading = with_change(VALIDITY, f"Uwagi ministra\n\nNieznana treść.\n\n{VALIDITY}")

    assert "Uwagi" not in str(qualification(reading)["prerequisites"])
    assert "unmapped-lines" in codes(reading)


@pytest.mark.parametrize("answer", ["Brak", "Brak warunków.", "Nie dotyczy", "nie określono"])
def test_no_prerequisites(answer: str) -> None:
    reading = with_change("Wykształcenie średnie (poziom 4 PRK).", answer)

    assert qualification(reading)["prerequisites"]["none"] is True


def test_prerequisites_joined_by_or_are_alternatives() -> None:
    reading = with_change(
        "Wykształcenie średnie (poziom 4 PRK).",
        "Wykształcenie średnie lub doświadczenie co najmniej 2 lata w zawodzie.",
    )

    rule = qualification(reading)["prerequisites"]["rule"]
    assert [part["type"] for part in rule["any"]] == ["education", "experience"]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Komisja składa się z co najmniej 2 osób.", 2),
        ("Komisja walidacyjna liczy minimum trzech członków.", 3),
        ("Walidację prowadzi trzyosobowa komisja.", 3),
        ("Komisja jest złożona z 4 osób.", 4),
        ("W skład komisji wchodzi co najmniej dwóch asesorów.", 2),
        ("Komisja działa zgodnie z regulaminem.", None),
        ("Komisja liczy co najmniej 2 osoby. Komisja odwoławcza liczy co najmniej 3 osoby.", None),
    ],
)
def test_committee_size(text: str, size: int | None) -> None:
    reading = with_change("Komisja składa się z co najmniej 2 osób (poziom 6 PRK).", text)

    assert qualification(reading)["validation"]["committee"]["min_members"] == size
    assert ("committee-size" in codes(reading)) == (size is None)


def test_rules_as_lists_choices_and_counts() -> None:
    reading = with_change(
        "Komisja składa się z co najmniej 2 osób (poziom 6 PRK).",
        "Metody W walidacji stosuje się następujące metody: - test wiedzy; - wywiad swobodny."
        " Komisja liczy co najmniej 2 osoby. Każdy z członków musi spełniać co najmniej dwa"
        " z poniższych warunków: - posiadać wykształcenie wyższe; - posiadać dyplom mistrza;"
        " - posiadać 3 lata doświadczenia. Członkowie komisji nie mogą oceniać osób, które"
        " przygotowywali w ciągu 24 miesięcy. Od wyniku przysługuje odwołanie w ciągu 14 dni;"
        " odmowa wymaga uzasadnienia.",
    )
    validation = qualification(reading)["validation"]

    assert [method["name"] for method in validation["methods"]] == [
        "test wiedzy",
        "wywiad swobodny",
    ]
    rule = validation["committee"]["each_member"]
    assert (rule["at_least"], len(rule["of"])) == (2, 3)
    assert rule["of"][2]["min_years"] == 3
    assert validation["conflict_of_interest"]["months"] == 24
    assert (validation["appeal"]["days"], validation["appeal"]["reasons_on_negative"]) == (14, True)


def test_where_the_source_is_silent_the_fields_stay_empty() -> None:
    validation = qualification(read(lettered(), file="a"))["validation"]

    assert validation["conflict_of_interest"] is None
    assert validation["appeal"] is None
    assert validation["institution"] is None
    assert "each_member" not in validation["committee"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("pięcioletnie doświadczenie w okresie 10 lat", {"min_years": 5, "within_years": 10}),
        ("3-letnie doświadczenie zawodowe", {"min_years": 3}),
        ("co najmniej dwa lata doświadczenia", {"min_years": 2}),
        ("kwalifikacja pełna na poziomie 7 PRK", {"type": "education", "min_prk_level": 7}),
        ("szkolenie w wymiarze 40 godzin", {"type": "training", "min_hours": 40}),
        ("znajomość zasad walidacji", {"type": "knowledge"}),
        ("dobry wzrok", {"type": "other"}),
    ],
)
def test_leaves(text: str, wanted: dict[str, Any]) -> None:
    rule = leaf(text)

    assert wanted.items() <= rule.items()
    assert rule["text"] == text


def test_sentences_stop_at_full_stops_and_not_at_abbreviations() -> None:
    found = sentences("Zgodnie z art. 5 m.in. Komisja działa. Wynik, np. Pozytywny, ogłasza się.")

    assert [each.text for each in found] == [
        "Zgodnie z art. 5 m.in. Komisja działa.",
        "Wynik, np. Pozytywny, ogłasza się.",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2029-12-19", "2029-12-19"),
        ("z dnia 3 lutego 2021 r.", "2021-02-03"),
        ("19.12.2029", "2029-12-19"),
        ("2029-13-40", None),
        ("brak", None),
    ],
)
def test_dates(text: str, day: str | None) -> None:
    found = find_date(text)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("word", "number"), [("12", 12), ("trzech", 3), ("pięcioletnie", 5), ("x", None)]
)
def test_numbers(word: str, number: int | None) -> None:
    assert number_of(word) == number


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("omawia zasady;", "omawia zasady"),
        ("omawia zasady itp.;", "omawia zasady itp."),
        ("omawia zasady itp.", "omawia zasady itp."),
        ("omawia zasady.", "omawia zasady"),
        ("omawia zasady..", "omawia zasady."),
    ],
)
def test_exactly_one_closing_sign_goes(text: str, stripped: str) -> None:
    assert strip_terminator(text) == stripped


def test_folding_makes_plain_letters() -> None:
    assert fold("Żółkiewska ŁĄCZNIK ß") == "zolkiewska lacznik ss"
