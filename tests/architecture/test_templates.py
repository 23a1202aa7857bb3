"""Templates show: partials are documented, none is left over, nothing goes round escaping."""

import ast
import re

import pytest

from tests.architecture.source import name_of, python_files, template_files, tree_of
from tests.require import ROOT

TEMPLATES = ROOT / "templates"

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
UNESCAPED = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off|\|\s*safeseq\b")
STATE = re.compile(
    r"\{%\s*(?:if|elif)[^%]*\b(?:role|state|status)\s*(?:==|!=|in)\s*[\"'][a-z_]+[\"']"
)
TAG = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
FOUND_BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}

every_template = pytest.mark.parametrize(
    "path", template_files(), ids=lambda path: name_of(path).removeprefix("templates/")
)


@every_template
def test_no_script_or_style_stands_inside_the_page(path) -> None:
    assert INLINE.findall(TAG.sub("", path.read_text())) == []


@every_template
def test_nothing_goes_round_escaping(path) -> None:
    assert UNESCAPED.findall(path.read_text()) == []


@every_template
def test_translated_blocks_are_trimmed(path) -> None:
    assert re.findall(r"\{%\s*blocktranslate(?![^%]*\btrimmed\b)[^%]*%\}", path.read_text()) == []


PARTIALS = [path for path in template_files() if path.name.startswith("_")]


@pytest.mark.parametrize(
    "path", PARTIALS, ids=lambda path: name_of(path).removeprefix("templates/")
)
def test_a_partial_lists_what_it_needs(path) -> None:
    text = path.read_text()
    assert text.startswith("{% comment %}")
    assert re.search(r"\bNeeds:", text.partition("{% endcomment %}")[0])


def _named_in_python() -> re.Pattern[str]:
    """Match every template that Python names, whole or with a part filled in."""
    patterns = set()
    for path in [*python_files(), *(ROOT / "tests").rglob("*.py")]:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                patterns.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = (
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w/]+"
                    for part in node.values
                )
                patterns.add("".join(parts))
    return re.compile("|".join(sorted(each for each in patterns if each.endswith("html"))))


def test_no_template_is_left_over() -> None:
    templates = "\n".join(path.read_text() for path in template_files())
    named = _named_in_python()
    left = [
        name
        for path in template_files()
        if (name := path.relative_to(ROOT / "templates").as_posix()) not in FOUND_BY_DJANGO
        and f'"{name}' not in templates
        and not named.fullmatch(name)
    ]
    assert left == []


def test_templates_compare_no_states_or_roles() -> None:
    found = [
        f"{name_of(path)}: {match}"
        for path in template_files()
        if "components" not in path.parts
        for match in STATE.findall(path.read_text())
    ]
    assert found == []


def test_a_partial_with_a_form_is_given_the_token_of_its_page():
    """``only`` keeps the page's token away; without it every press of the button is refused."""
    with_form = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("_*.html")
        if "{% csrf_token %}" in path.read_text() or "{{ csrf_token }}" in path.read_text()
    }
    starved = [
        f"{path.relative_to(TEMPLATES)}: {name}"
        for path in TEMPLATES.rglob("*.html")
        for name, inputs in re.findall(r'{% include "([^"]+)"([^%]*)%}', path.read_text())
        if name in with_form and inputs.rstrip().endswith("only") and "csrf_token" not in inputs
    ]

    assert starved == []
