"""Components as tags; a builtin library, so no template has to load it.

Inputs are listed in ``docs/ui.md``. Whatever stands in a loop (``icon``, ``badge``,
``mini_rail``) is plain string work, remembered between calls.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

import lucide
from django import forms, template
from django.template.defaultfilters import date as format_date
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from bilans.ui.shapes import RailStep, Words, current_step

register = template.Library()

Context = dict[str, Any]

TONE_ICONS = {
    "good": "circle-check",
    "warn": "triangle-alert",
    "late": "alarm-clock",
    "info": "info",
    "": "",
}
POSITIONS: dict[str, tuple[Words, str]] = {
    "agrees": (_("I agree"), "circle-check"),
    "partly": (_("I partly agree"), "circle-dot-dashed"),
    "disagrees": (_("I disagree"), "message-circle-warning"),
    "": (_("No position yet"), "circle-dashed"),
}
NAV_ENTRIES = {
    "office": (
        ("clients:caseload", _("Cases"), "folder-open"),
        ("catalogue:browse", _("Catalogue"), "library"),
    ),
    "supervisor": (("accounts:people", _("People"), "users"),),
    "portal": (("clients:portal", _("My balance"), "house"),),
    "committee": (("portfolio:committee", _("Portfolios to assess"), "clipboard-check"),),
}
NAV_OF_ROLE = {
    "advisor": ("office",),
    "supervisor": ("office", "supervisor"),
    "client": ("portal",),
    "committee": ("committee",),
}


# -- icons, words, tags ------------------------------------------------------------


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """Draw an icon; without a label it is decoration and hidden from screen readers."""
    return _drawn(str(name), int(size), str(label))


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, label: str) -> SafeString:
    spoken = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    drawing = lucide._render_icon(name, size, **spoken, focusable="false", **{"class": "icon"})
    return SafeString(drawing)  # from our own package of icons, never from a person


@register.simple_tag
def badge(text: Words, tone: str = "", icon: str = "") -> SafeString:
    """Show a state as a word in a box, with an icon besides its colour."""
    return _badge(str(text), tone, icon or TONE_ICONS.get(tone, ""))


@lru_cache(maxsize=2048)
def _badge(text: str, tone: str, icon_name: str) -> SafeString:
    drawing = _drawn(icon_name, 16, "") if icon_name else ""
    return format_html(
        '<span class="tag{}">{}<span>{}</span></span>',
        f" tag--{tone}" if tone else "",
        drawing,
        text,
    )


@register.simple_tag
def position(code: str | None, label: Words = "") -> SafeString:
    """Show the client's position on a statement: same size and weight for each."""
    words, icon_name = POSITIONS[code or ""]
    return format_html(
        '<span class="position position--{}">{}<span>{}</span></span>',
        code or "none",
        _drawn(icon_name, 18, ""),
        label or words,
    )


# -- blocks --------------------------------------------------------------------------


@register.simple_block_tag
def card(
    content: SafeString,
    title: Words = "",
    id: str = "",  # noqa: A002 -- reads as the attribute it becomes
    icon: str = "",
    tone: str = "",
    level: int = 2,
) -> SafeString:
    """Frame a part of the page; with a title it becomes a named region."""
    tone_class = f" b-card--{tone}" if tone else ""
    if not title:
        return format_html(
            '<div class="b-card{}"{}>{}</div>',
            tone_class,
            format_html(' id="{}"', id) if id else "",
            content,
        )
    return format_html(
        '<section class="b-card{tone}" id="{id}" aria-labelledby="{id}-title">'
        '<h{level} class="b-card__title" id="{id}-title">{icon}{title}</h{level}>'
        "{content}</section>",
        tone=tone_class,
        id=id or f"card-{secrets.token_hex(3)}",
        level=int(level),
        icon=_drawn(icon, 20, "") if icon else "",
        title=title,
        content=content,
    )


@register.simple_block_tag
def alert(content: SafeString, tone: str = "info", title: Words = "") -> SafeString:
    """Say something that matters for the whole page; not announced, it is there from the start."""
    return format_html(
        '<div class="b-alert b-alert--{}">{}<div class="b-alert__text">{}{}</div></div>',
        tone,
        _drawn(TONE_ICONS.get(tone) or "info", 22, ""),
        format_html('<p class="b-alert__title">{}</p>', title) if title else "",
        content,
    )


@register.simple_block_tag
def empty_state(content: SafeString, title: Words, icon: str = "folder-open") -> SafeString:
    """Say in one sentence that there is nothing, and offer one action (the content)."""
    return format_html(
        '<div class="empty">{}<p class="empty__title">{}</p>{}</div>',
        _drawn(icon, 40, ""),
        title,
        content,
    )


@register.simple_block_tag
def quote(content: SafeString, who: Words = "", at: date | None = None) -> SafeString:
    """Show somebody's own words, apart from ours."""
    origin = format_html_join(", ", "{}", ((part,) for part in (who, long_date(at)) if part))
    return format_html(
        '<figure class="quote"><blockquote>{}</blockquote>{}</figure>',
        content,
        format_html("<figcaption>{}</figcaption>", origin) if origin else "",
    )


@register.simple_block_tag
def dialog(content: SafeString, id: str, title: Words) -> SafeString:  # noqa: A002 -- as above
    """A native dialog, opened by any button with ``popovertarget`` of its id."""
    return format_html(
        '<dialog class="b-dialog" id="{id}" popover aria-labelledby="{id}-title">'
        '<h2 class="b-dialog__title" id="{id}-title">{title}</h2>{content}</dialog>',
        id=id,
        title=title,
        content=content,
    )


@register.simple_tag
def stat(value: object, label: Words, tone: str = "", icon: str = "", url: str = "") -> SafeString:
    """One number with its word; a link when the number can be looked into."""
    inside = format_html(
        '<span class="stat__value">{}{}</span><span class="stat__label">{}</span>',
        _drawn(icon, 20, "") if icon else "",
        value,
        label,
    )
    tone_class = f" stat--{tone}" if tone else ""
    if url:
        return format_html('<li><a class="stat{}" href="{}">{}</a></li>', tone_class, url, inside)
    return format_html('<li><div class="stat{}">{}</div></li>', tone_class, inside)


# -- rail, timeline ------------------------------------------------------------------


@register.inclusion_tag("components/_rail.html")
def rail(steps: Sequence[RailStep], label: Words = "", note: Words = "") -> Context:
    """The way of a case, stage by stage; on a phone one line and a bar."""
    number, current = current_step(steps)
    return {
        "steps": steps,
        "label": label or gettext("Stages"),
        "note": note,
        "number": number,
        "current": current,
    }


@register.simple_tag
def mini_rail(number: int, total: int, label: Words) -> SafeString:
    """The rail for a row of a list: small bars and the word."""
    return _mini_rail(int(number), int(total), str(label))


@lru_cache(maxsize=256)
def _mini_rail(number: int, total: int, label: str) -> SafeString:
    bars = format_html_join(
        "",
        '<i class="{}"></i>',
        (
            ("done" if n < number else "current" if n == number else "ahead",)
            for n in range(1, total + 1)
        ),
    )
    return format_html(
        '<span class="mini"><span class="mini__bars" aria-hidden="true">{}</span>'
        "<span>{}</span></span>",
        bars,
        label,
    )


@register.inclusion_tag("components/_timeline.html")
def timeline(items: Sequence[Any], empty: Words = "") -> Context:
    """What happened, newest first: ``shapes.TimelineItem`` or anything with its names."""
    return {"items": items, "empty": empty}


# -- forms ---------------------------------------------------------------------------


@register.inclusion_tag("components/_error_summary.html")
def form_errors(form: forms.BaseForm) -> Context:
    """Every error of the form with a link to its field; nothing when there is none."""
    if not form.errors:
        return {"form": form}
    fields = [
        (f"#{field.id_for_label or field.auto_id}", field.label, field.errors)
        for field in form.visible_fields()
        if field.errors
    ]
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    return {"form": form, "general": [*form.non_field_errors(), *hidden], "fields": fields}


@register.simple_tag
def once_key() -> SafeString:
    """A key for one submission: the same form sent twice has one effect."""
    return format_html('<input type="hidden" name="_once" value="{}">', uuid4())


# -- header --------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def main_nav(context: Context) -> list[Context]:
    """Entries of the header for the role of whoever is logged in."""
    request: Any = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.membership is None:
        return []
    entries = []
    for group in NAV_OF_ROLE.get(str(user.membership.role), ()):
        for route, label, icon_name in NAV_ENTRIES[group]:
            try:
                address = reverse(route)
            except NoReverseMatch:
                continue  # an office may run without that part
            here = request.path == address or request.path.startswith(address)
            entries.append(
                {"url": address, "label": label, "icon": icon_name, "here": here and address != "/"}
            )
    return entries


@register.simple_tag(takes_context=True)
def session_seconds(context: Context) -> int:
    """Seconds until an idle session ends; 0 for whoever is not logged in."""
    request = context.get("request")
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return 0
    return int(request.session.get_expiry_age())


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[tuple[str, str]]:
    """Languages one may switch to, each named in itself."""
    names = {"pl": "Polski", "en": "English", "uk": "Українська"}
    return [
        (code, names.get(code, code))
        for code, _name in context.get("LANGUAGES", ())
        if code != get_language()
    ]


# -- words and dates -----------------------------------------------------------------


@register.filter(expects_localtime=True)
def long_date(value: date | datetime | None) -> str:
    """Write a day out, as in 4 grudnia 2026."""
    return format_date(value, "j E Y") if value else ""


@register.filter(expects_localtime=True)
def short_date(value: date | datetime | None) -> str:
    """Write a day short, as in 4 gru."""
    return format_date(value, "j b") if value else ""


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """Write a day and hour out, as in 4 grudnia 2026, 12:05."""
    return format_date(value, "j E Y, H:i") if value else ""


@register.filter
def initials(name: str) -> str:
    """Take the first letters of the first and the last word of a name."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()
