"""What language gives away: words found, and words rightly left alone."""

import pytest

from interviews.hints import label_words, story_hints, we_words, would_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zrobiliśmy instrukcję z obrazkami.", ("Zrobiliśmy",)),
        ("Byłyśmy pierwsze, potem szyjemy i oddamy.", ("Byłyśmy", "szyjemy", "oddamy")),
        ("My z Oleną, myśmy to wymyśliły.", ("My", "myśmy")),
        ("Zrobiliśmy. zrobiliśmy.", ("Zrobiliśmy",)),
        ("Ja rysowałam, Olena dopisała po ukraińsku.", ()),
        ("Rozwiązałam problemy, pilnowałam normy, układałam harmonogramy.", ()),
        ("Pomagałam przy opiece nad mamą, u mamy w domu.", ()),
        ("", ()),
    ],
)
def test_we_is_found_in_verbs_and_pronouns_but_not_in_nouns(text, found):
    assert we_words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zawsze bym starała się pogodzić.", ("Zawsze bym",)),
        ("Starałabym się pomóc, on zrobiłby to samo.", ("Starałabym", "zrobiłby")),
        ("Gdybym mogła, poszłabym.", ("Gdybym", "poszłabym")),
        ("Szef kazał, żebym zdążyła, aby oddać w terminie.", ()),
        ("Wzrok miałam słaby, słabym głosem powiedziałam.", ()),
    ],
)
def test_talk_of_what_would_be_is_found_but_purpose_is_left_alone(text, found):
    assert would_words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jest sumienna i mało asertywna", ("sumienna", "mało asertywna")),
        ("Jest osobą sumienną, bardzo pracowita perfekcjonistka",
         ("sumienną", "bardzo pracowita", "perfekcjonistka")),
        ("Towarzyski i arogancki", ("Towarzyski", "arogancki")),
        ("Organizuje pracę ośmioosobowej brygady szwalniczej przy nagłych brakach kadrowych", ()),
        ("Rozmawia z agresywnym klientem, zadaje otwarte pytania, samodzielnie kroi", ()),
        ("Instruuje nowe osoby na stanowisku, także nieznające polskiego", ()),
    ],
)  # fmt: skip
def test_labels_of_a_person_are_found_but_the_work_is_left_alone(text, found):
    assert label_words(text) == found


def test_a_story_is_read_part_by_part():
    hints = story_hints(
        situation="Szyłyśmy mundurki.", task="", action="Zrobiliśmy wzór.", result=" "
    )

    assert hints.we == ("Zrobiliśmy",)  # in the situation "we" is as it should be
    assert hints.would == ()
    assert hints.missing == ("task", "result")
