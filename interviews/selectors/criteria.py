"""The criteria a statement may speak to: those of the version the case has pinned."""

from itertools import groupby

from bilans.catalogue.models import Criterion
from clients.models import Case


def criteria_groups(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """Criteria as choices under their learning outcomes; none without a pinned version."""
    if case.qualification_id is None:
        return []
    rows = (
        Criterion.objects.filter(outcome__outcome_set__version=case.qualification_id)
        .select_related("outcome")
        .order_by("outcome__outcome_set__ordinal", "outcome__ordinal", "ordinal")
    )
    return [
        (outcome.title, [(str(row.pk), f"{row.label} {row.text}") for row in members])
        for outcome, members in groupby(rows, key=lambda row: row.outcome)
    ]
