"""The colours keep their contrast, light and dark; scripts and styles keep their rules."""

import re

import pytest

from tests.require import ROOT

STATIC = ROOT / "bilans" / "ui" / "static" / "bilans"
DECLARATION = re.compile(r"(--b-[a-z-]+):\s*([^;]+);")
COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")


def tokens(*names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found |= dict(DECLARATION.findall((STATIC / "css" / name).read_text()))
    return found


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    *((text, ground) for text in ("ink", "muted") for ground in ("paper", "card", "sunk")),
    *(("accent", ground) for ground in ("paper", "card", "sunk", "accent-soft")),
    ("accent-strong", "accent-soft"),
    *((tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info")),
    *((tone, "card") for tone in ("good", "warn", "bad", "info")),
    *(("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "accent")),
    ("on-fill", "fill"),
    ("on-fill", "fill-strong"),
    ("on-top", "top"),
]
BORDERS = [
    ("edge", "card"),
    ("edge", "paper"),
    ("edge", "sunk"),
    ("fill", "card"),
    ("focus", "top"),
]


@pytest.mark.parametrize(
    "files", [("tokens.css",), ("tokens.css", "dark.css")], ids=["light", "dark"]
)
@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [(*pair, 4.5) for pair in TEXTS] + [(*pair, 3.0) for pair in BORDERS],
)
def test_contrast(files, front, ground, least):
    colours = tokens(*files)

    assert contrast(colours[f"--b-{front}"], colours[f"--b-{ground}"]) >= least


def test_dark_gives_every_colour_a_dark_one():
    light, dark = tokens("tokens.css"), tokens("dark.css")
    coloured = {name for name, value in light.items() if COLOUR.search(value)}

    assert dark.keys() - {"--b-shadow", "--b-shadow-high"} == coloured - {"--b-on-top", "--b-focus"}


def test_only_named_colours_are_used():
    known = tokens("tokens.css").keys()
    for path in (STATIC / "css").glob("*.css"):
        assert set(re.findall(r"var\((--b-[a-z-]+)\)", path.read_text())) <= known, path.name


def test_scripts_have_no_words_of_their_own():
    for path in (STATIC / "js").glob("*.js"):
        assert not re.search(r"[ąćęłńóśźż]", path.read_text(), re.IGNORECASE), path.name


@pytest.mark.parametrize(
    "sink", ["innerHTML =", "outerHTML", "insertAdjacentHTML", "eval(", "document.write"]
)
def test_scripts_write_text_never_markup(sink):
    for path in (STATIC / "js").glob("*.js"):
        assert sink not in path.read_text(), path.name


def test_only_the_theme_is_stored():
    stores = {
        path.name
        for path in (STATIC / "js").glob("*.js")
        if re.search(r"localStorage|sessionStorage|indexedDB|caches\.", path.read_text())
    }

    assert stores == {"theme.js"}
