"""What a page is asked in every browser test."""

from typing import Any

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def faults(page: Any) -> list[tuple[str, list[str]]]:
    """Name what axe finds wrong, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


def overflow(page: Any) -> int:
    """Pixels that stick out to the right of the window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def small_targets(page: Any) -> list[str]:
    """Controls under 24 px that are not words in a sentence (WCAG 2.5.8)."""
    return page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
            .filter((control) => control.checkVisibility())
            .filter((control) => getComputedStyle(control).display !== "inline")
            .filter((control) => {
                const box = control.getBoundingClientRect();
                return box.width > 1 && (box.height < 24 || box.width < 24);
            })
            .map((control) => control.outerHTML.slice(0, 100))"""
    )
