"""What the made-up client of the played case says and has: texts only."""

from clients.contract_content import Difficulty

NEEDS = (
    "Trzydzieści lat szyłam i nagle nikt mnie nie chce. Nie wiem, co ja właściwie umiem "
    "poza maszyną."
)
MAIN_GOAL = (
    "Do 30 czerwca 2027 r. podejmę pracę jako brygadzistka albo instruktorka szycia, "
    "do 30 km od domu, co najmniej 3/4 etatu."
)
DIFFICULTIES = (
    Difficulty("Zadania domowe nie są robione", "Zadania są krótkie, na papierze."),
    Difficulty("Przeciążenie opieką nad wnukiem", "Spotkania kończą się przed 13.00."),
    Difficulty("Proces się wydłuża", "Najwyżej sześć spotkań, przegląd po trzecim."),
    Difficulty(
        "Konkurencyjny motyw: świadczenie przedemerytalne",
        "Rozmawiamy o tym otwarcie, decyzja należy do klientki.",
    ),
)
NOTE = (
    "Mundurki 2019: dwie na zwolnieniu, zamówienie 1200, dziewięć dni. Rozpisała operacje, "
    "wzór sama, odprawy 6.45.\n"
    "Dziewczyny z Ukrainy, wiosna 2022: instrukcja z rysunkami, pokazywała szew.\n"
    "Kasa koła 2015: 640 zł brak, dwa rachunki wpisane dwa razy, zeszyt z numerami.\n"
    "Kłótnie o maszynę 2018: rozsadzała."
)
STARS: tuple[dict[str, str], ...] = (
    {
        "title": "Mundurki",
        "competence": "Kierowanie brygadą",
        "happened": "sierpień 2019",
        "situation": (
            "W sierpniu 2019 dwie z ośmiu dziewczyn na zwolnieniu, a było zamówienie "
            "na 1200 mundurków."
        ),
        "task": "Miałam oddać całość 28 sierpnia, zostało dziewięć dni roboczych.",
        "action": (
            "Rozpisałam operacje na nowo, sama uszyłam wzór, codziennie za piętnaście siódma "
            "robiłam krótką odprawę."
        ),
        "result": (
            "Oddałyśmy 1184 sztuki w terminie, 16 poszło do poprawki, kary umownej "
            "18 tysięcy nie było."
        ),
    },
    {
        "title": "Dziewczyny z Ukrainy",
        "competence": "Instruowanie",
        "happened": "wiosna 2022",
        "situation": "Przyszło sześć nowych, żadna nie mówiła po polsku.",
        "task": "Miały po miesiącu robić normę.",
        "action": ("Ja rysowałam, Olena dopisała po ukraińsku; każdej pokazałam szew trzy razy."),
        "result": "Po pięciu tygodniach cztery robiły normę, dwie 80 procent.",
    },
    {
        "title": "Kasa koła",
        "competence": "Prowadzenie ewidencji",
        "happened": "2015",
        "situation": "Na koniec roku brakowało 640 zł.",
        "task": "Wyjaśnić, zanim będzie zebranie.",
        "action": (
            "Przepisałam wszystkie kwitki do zeszytu, znalazłam dwa rachunki wpisane dwa razy."
        ),
        "result": "Zgodziło się co do złotówki, od tej pory prowadzę zeszyt z numerami.",
    },
    {
        "title": "Kłótnie",
        "competence": "Praca w zespole",
        "happened": "2018",
        "situation": "Dwie się kłóciły o maszynę.",
        "action": "Rozsadzałam je.",
    },
)
STATEMENTS: tuple[tuple[str, str, tuple[int, ...], str, str], ...] = (
    (
        "Organizuje pracę ośmioosobowej brygady szwalniczej przy nagłych brakach kadrowych",
        "skills",
        (0,),
        "agrees",
        "",
    ),
    (
        "Instruuje nowe osoby na stanowisku, także nieznające polskiego, pokazem i rysunkiem",
        "skills",
        (1,),
        "agrees",
        "",
    ),
    (
        "Prowadzi i uzgadnia ewidencję wpływów i wydatków organizacji społecznej",
        "skills",
        (2,),
        "partly",
        "Prowadzę, ale rozliczenia rocznego nie robię.",
    ),
    (
        "Rozwiązuje konflikty w zespole",
        "social",
        (3,),
        "disagrees",
        "Ja nie rozwiązywałam, tylko rozsadzałam. Kłótnie zostawały.",
    ),
)
"""Text, category, places of its stories, the client's stance and words."""

CRITERIA: dict[tuple[int, ...], tuple[str, ...]] = {
    (0,): ("przydziela zadania", "brakuje jednej osoby"),
    (1,): ("pokazuje czynność", "styl komunikacji"),
}
"""Words of the criteria a statement speaks to, by the places of its stories."""

ARGUMENTS = {
    "przydziela zadania": (
        "Szesnaście lat rozdzielałam pracę ośmiu osobom; jest to w zakresie obowiązków."
    ),
    "pokazuje czynność": "Do obowiązków brygadzistki należało przyuczanie nowych szwaczek.",
    "styl komunikacji": ("Przyuczałam szwaczki w różnym wieku i z różnych krajów, każdą inaczej."),
}
"""Words of a criterion, and why the paper speaks to it."""

CIRCUMSTANCES = (
    "Pani Grażyna Żółkiewska straciła pracę brygadzistki w zwolnieniu grupowym. Chce nazwać, "
    "co umie poza samym szyciem, i zdecydować, czy szuka pracy brygadzistki, czy będzie uczyć "
    "innych."
)
COURSE = (
    "Spotkania odbyły się w biurze. Po rozmowie wstępnej i kontrakcie był wywiad behawioralny "
    "metodą STAR. Stwierdzenia klientka przeczytała w portalu i do każdego zajęła stanowisko."
)
SUMMARY = (
    "Najmocniej potwierdzone jest organizowanie pracy brygady, gdy brakuje ludzi, oraz "
    "przyuczanie nowych osób pokazem i rysunkiem. Prowadzenie ewidencji opiera się na jednym "
    "doświadczeniu i warto je uzupełnić dowodem z ostatnich lat."
)
NEXT_STEPS = (
    "Opisać w CV organizowanie pracy przy brakach kadrowych",
    "Porozmawiać z trzema zakładami do 31 stycznia 2027 r.",
    "Sprawdzić warunki kursu pedagogicznego dla instruktorów praktycznej nauki zawodu",
)
REFERENCE_TITLE = "Świadectwo pracy 2008–2024"
REFERENCE_FILE = "zolkiewska_swiadectwo_2024.pdf"
