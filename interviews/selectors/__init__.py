"""What higher floors read: ``statements_of``, ``undecided`` and the views they return."""

from interviews.selectors.findings import Finding, findings
from interviews.selectors.interviews import InterviewView, StarView, interviews_of, stars_of
from interviews.selectors.statements import (
    CriterionView,
    EarlierWording,
    PositionView,
    StatementView,
    presented_in,
    statements_of,
    undecided,
    withdrawn_in,
)

__all__ = [
    "CriterionView",
    "EarlierWording",
    "Finding",
    "InterviewView",
    "PositionView",
    "StarView",
    "StatementView",
    "findings",
    "interviews_of",
    "presented_in",
    "stars_of",
    "statements_of",
    "undecided",
    "withdrawn_in",
]
