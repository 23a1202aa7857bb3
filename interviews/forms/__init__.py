"""Forms of interviews: they check what was typed; services decide and write."""

from interviews.forms.interviews import NewStarForm, NoteForm, StarForm, StartInterviewForm
from interviews.forms.statements import (
    DeskPositionForm,
    PositionForm,
    PresentForm,
    StatementForm,
    WithdrawForm,
    put_on,
)

__all__ = [
    "DeskPositionForm",
    "NewStarForm",
    "NoteForm",
    "PositionForm",
    "PresentForm",
    "StarForm",
    "StartInterviewForm",
    "StatementForm",
    "WithdrawForm",
    "put_on",
]
