"""What this app asks of a case before it goes on to the next stage."""

from django.utils.translation import gettext as _

from bilans.errors import TransitionRefused
from clients.models import Case
from interviews.models import Statement, StatementCriterion
from interviews.states import StatementState


def has_statement_with_source(case: Case) -> None:
    """Let a synthesis begin only when something was concluded from a story.

    Raises:
        TransitionRefused: code ``statement_missing``.
    """
    live = Statement.objects.filter(case=case).exclude(state=StatementState.WITHDRAWN)
    if not live.filter(sources__isnull=False).exists():
        raise TransitionRefused(
            _("There is no competence statement that rests on a story yet. Word the first one."),
            code="statement_missing",
        )


def has_presented_statement(case: Case) -> None:
    """Let results be agreed only when the client was shown some.

    Raises:
        TransitionRefused: code ``nothing_presented``.
    """
    if not Statement.objects.filter(case=case, state=StatementState.PRESENTED).exists():
        raise TransitionRefused(
            _("The client has not been shown any statement yet. Show them at least one."),
            code="nothing_presented",
        )


def keep_pinned_criteria(case: Case) -> None:
    """Let nobody pin another qualification under criteria that statements already cite.

    Raises:
        TransitionRefused: code ``criteria_cited``.
    """
    cited = StatementCriterion.objects.filter(statement__case=case)
    if cited.exclude(statement__state=StatementState.WITHDRAWN).exists():
        raise TransitionRefused(
            _(
                "Statements already cite criteria of the present qualification."
                " Take the criteria out of them first."
            ),
            code="criteria_cited",
        )
