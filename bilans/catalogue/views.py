"""The catalogue's pages for staff: the list with its search, and one qualification."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bilans.accounts.areas import area
from bilans.accounts.permissions import OfficePermission
from bilans.catalogue.facts import facts_of, level_in_words
from bilans.catalogue.models import QualificationVersion
from bilans.catalogue.selectors import (
    LONGEST_SEARCH,
    matching_criteria,
    published_versions,
    search,
    version_tree,
)

PAGE_SIZE = 50
catalogue_area = area(OfficePermission.SEE_CATALOGUE)


@catalogue_area
@require_http_methods(["GET", "POST"])
def browse(request: HttpRequest) -> HttpResponse:
    """List what cases may choose; a search is posted and stays out of the address."""
    term = request.POST.get("szukaj", "").strip()[:LONGEST_SEARCH]
    pages = Paginator(search(term) if term else published_versions(), PAGE_SIZE)
    page = pages.get_page(request.GET.get("strona", "1"))
    versions = list(page.object_list)
    hits = matching_criteria(versions, term)
    return render(
        request,
        "catalogue/office/browse.html",
        {
            "rows": [_row(version, hits.get(version.pk, [])) for version in versions],
            "page": page,
            "total": pages.count,
            "term": term,
        },
    )


@catalogue_area
@require_safe
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show a qualification's version: outcomes, criteria, requirements, sources."""
    try:
        tree = version_tree(version_id)
    except QualificationVersion.DoesNotExist as error:
        raise Http404 from error
    return render(
        request,
        "catalogue/office/version.html",
        {
            "tree": tree,
            "version": tree.version,
            "header": tree.version.header,
            "facts": facts_of(tree.version),
            "level": level_in_words(tree.version),
            "validation": tree.validation.content if tree.validation else {},
            "open_questions": [item for item in tree.questions if item.decision is None],
            "is_current": tree.version.is_choosable,
        },
    )


def _row(version: Any, hits: list[str]) -> dict[str, Any]:
    return {
        "url": reverse("catalogue:version", args=[version.pk]),
        "title": version.title,
        "level": level_in_words(version),
        "has_level": version.prk_level is not None,
        "sets": version.set_count,
        "outcomes": version.outcome_count,
        "criteria": version.criterion_count,
        "hits": hits,
    }
