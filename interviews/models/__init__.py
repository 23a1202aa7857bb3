from interviews.models.interview import Interview, StarRecord
from interviews.models.statement import Position, Statement, StatementCriterion, StatementSource

__all__ = [
    "Interview",
    "Position",
    "StarRecord",
    "Statement",
    "StatementCriterion",
    "StatementSource",
]
