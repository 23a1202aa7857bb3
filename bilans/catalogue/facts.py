"""Header values of a version in words, each with where it comes from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from bilans.catalogue.models import QualificationVersion
from bilans.ui.shapes import Words

Header = dict[str, Any]

HOW: dict[str, Words] = {
    "stated": gettext_lazy("stated in the source"),
    "inferred": gettext_lazy("inferred from the source"),
    "entered": gettext_lazy("entered by the operator"),
    "absent": gettext_lazy("not stated in the source"),
}
SCHEMES: dict[str, Words] = {
    "zrk": gettext_lazy("Register code"),
    "zrk_pre2020": gettext_lazy("Register code until 2020"),
    "mp": gettext_lazy("Monitor Polski"),
    "isced": gettext_lazy("Field of education"),
    "pkd": gettext_lazy("Activity code (PKD)"),
    "kzis": gettext_lazy("Occupation code (KZiS)"),
    "esco": gettext_lazy("ESCO"),
    "isbn": gettext_lazy("ISBN"),
    "local": gettext_lazy("Own code"),
}
CATEGORIES: dict[str, Words] = {
    "rynkowa": gettext_lazy("market qualification"),
    "wolnorynkowa": gettext_lazy("free-market qualification"),
    "sektorowa": gettext_lazy("sectoral qualification"),
    "rzemieslnicza": gettext_lazy("craft qualification"),
    "uregulowana": gettext_lazy("regulated qualification"),
    "szkolnictwo_branzowe": gettext_lazy("vocational school qualification"),
    "studia_podyplomowe": gettext_lazy("postgraduate qualification"),
    "inna": gettext_lazy("other qualification"),
}
SCOPES: dict[str, Words] = {
    "pelna": gettext_lazy("full qualification"),
    "czastkowa": gettext_lazy("partial qualification"),
}
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the list of facts; ``missing`` shows the value as a gap."""

    label: Words
    value: str
    origin: str = ""
    missing: bool = False


def level_in_words(version: QualificationVersion) -> str:
    if version.prk_level is None:
        return _("level not stated in the source")
    return _("PQF level %(level)s") % {"level": version.prk_level}


def facts_of(version: QualificationVersion) -> list[Fact]:
    """What a reader wants to know first, gaps included."""
    header: Header = version.header
    facts = [
        _traced(_("Title"), header.get("title")),
        _traced(_("PQF level"), header.get("prk_level")),
        _traced(_("Certificate"), header.get("certificate_name")),
        _validity(header),
        *_plain(header),
        *(_identifier(each) for each in header.get("identifiers", [])),
    ]
    return [fact for fact in facts if fact is not None]


def _traced(label: str, traced: Header | None) -> Fact | None:
    if traced is None:
        return None
    value = traced.get("value")
    origin = _origin(traced)
    if value in (None, ""):
        return Fact(label, str(HOW["absent"]), "", missing=True)
    return Fact(label, str(value), origin)


def _origin(traced: Header) -> str:
    how = str(HOW.get(traced.get("how") or "", ""))
    if traced.get("lines"):
        return _("%(how)s, lines %(lines)s") % {"how": how, "lines": traced["lines"]}
    return how


def _validity(header: Header) -> Fact | None:
    validity = header.get("validity")
    if not validity:
        return None
    months = validity.get("months")
    if validity["kind"] == "indefinite":
        value = pgettext("validity of a certificate", "without a time limit")
    elif months and months % MONTHS_A_YEAR == 0:
        years = months // MONTHS_A_YEAR
        value = ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    elif months:
        value = ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    else:
        return Fact(_("Validity"), str(HOW["absent"]), "", missing=True)
    return Fact(_("Validity"), value, validity.get("raw") or "")


def _plain(header: Header) -> list[Fact]:
    review = header.get("review") or {}
    kinds = [
        str(words[value])
        for words, value in ((CATEGORIES, header.get("category")), (SCOPES, header.get("scope")))
        if value in words
    ]
    pairs = (
        (_("Kind"), ", ".join(kinds)),
        (_("Renewal"), (header.get("renewal") or {}).get("raw")),
        (_("Workload"), _hours(header.get("workload_hours"))),
        (_("Working since"), _day(header.get("functioning_since"))),
        (_("Next review"), _day(review.get("next"))),
        (_("Applicant"), header.get("applicant")),
        (_("Minister"), header.get("minister")),
    )
    return [Fact(label, str(value)) for label, value in pairs if value]


def _hours(hours: float | None) -> str:
    if hours is None:
        return ""
    return _("%(hours)s h") % {"hours": int(hours) if hours == int(hours) else hours}


def _day(text: str | None) -> str:
    return date_format(date.fromisoformat(text), "j E Y") if text else ""


def _identifier(identifier: Header) -> Fact:
    scheme: str = identifier["scheme"]
    label = SCHEMES.get(scheme, scheme)
    return Fact(label, identifier["value"], identifier.get("name") or "")
