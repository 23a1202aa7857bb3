"""What the trail tells about interviews, stories, statements and positions."""

from django.utils.translation import gettext_lazy as _

from bilans.audit.registry import declare

INTERVIEWS_READ = declare(
    code="interviews.interviews.read",
    sentence=_("looked at the list of interviews"),
    icon="list",
    reading=True,
)
INTERVIEW_READ = declare(
    code="interviews.interview.read",
    sentence=_("opened the note of interview %(number)s"),
    payload=frozenset({"number"}),
    icon="eye",
    reading=True,
)
INTERVIEW_STARTED = declare(
    code="interviews.interview.started",
    sentence=_("started interview %(number)s"),
    payload=frozenset({"number"}),
    icon="mic",
)
NOTE_SAVED = declare(
    code="interviews.interview.note_saved",
    sentence=_("saved the note of interview %(number)s"),
    payload=frozenset({"number"}),
    icon="notebook-pen",
)
INTERVIEW_FINISHED = declare(
    code="interviews.interview.finished",
    sentence=_("finished interview %(number)s"),
    payload=frozenset({"number"}),
    icon="circle-check-big",
)
INTERVIEW_REOPENED = declare(
    code="interviews.interview.reopened",
    sentence=_("went back to the conversation of interview %(number)s"),
    payload=frozenset({"number"}),
    icon="undo-2",
)
STAR_READ = declare(
    code="interviews.star.read",
    sentence=_("opened STAR record %(number)s"),
    payload=frozenset({"number"}),
    icon="eye",
    reading=True,
)
STAR_ADDED = declare(
    code="interviews.star.added",
    sentence=_("added STAR record %(number)s"),
    payload=frozenset({"number"}),
    icon="file-plus",
)
STAR_SAVED = declare(
    code="interviews.star.saved",
    sentence=_("saved STAR record %(number)s"),
    payload=frozenset({"number"}),
    icon="file-pen",
)
STAR_COMPLETED = declare(
    code="interviews.star.completed",
    sentence=_("marked STAR record %(number)s complete"),
    payload=frozenset({"number"}),
    icon="circle-check",
)
STAR_SET_ASIDE = declare(
    code="interviews.star.set_aside",
    sentence=_("set STAR record %(number)s aside"),
    payload=frozenset({"number"}),
    icon="archive",
)
STAR_RESTORED = declare(
    code="interviews.star.restored",
    sentence=_("brought STAR record %(number)s back"),
    payload=frozenset({"number"}),
    icon="archive-restore",
)
STATEMENTS_READ = declare(
    code="interviews.statements.read",
    sentence=_("looked at the competence statements"),
    icon="eye",
    reading=True,
)
STATEMENT_READ = declare(
    code="interviews.statement.read",
    sentence=_("opened statement %(number)s"),
    payload=frozenset({"number"}),
    icon="eye",
    reading=True,
)
STATEMENT_MADE = declare(
    code="interviews.statement.made",
    sentence=_("worded statement %(number)s"),
    payload=frozenset({"number"}),
    icon="message-square-plus",
)
STATEMENT_SAVED = declare(
    code="interviews.statement.saved",
    sentence=_("changed statement %(number)s before it was shown"),
    payload=frozenset({"number"}),
    icon="message-square-more",
)
STATEMENT_REWORDED = declare(
    code="interviews.statement.reworded",
    sentence=_("reworded statement %(number)s (wording %(wording)s)"),
    payload=frozenset({"number", "wording"}),
    icon="message-square-diff",
)
STATEMENT_PRESENTED = declare(
    code="interviews.statement.presented",
    sentence=_("showed statement %(number)s to the client"),
    payload=frozenset({"number", "wording"}),
    icon="send",
)
STATEMENT_WITHDRAWN = declare(
    code="interviews.statement.withdrawn",
    sentence=_("withdrew statement %(number)s"),
    payload=frozenset({"number", "reason"}),
    icon="message-square-off",
)
STATEMENT_RESTORED = declare(
    code="interviews.statement.restored",
    sentence=_("took statement %(number)s up again"),
    payload=frozenset({"number"}),
    icon="undo-2",
)
POSITION_STATED = declare(
    code="interviews.position.stated",
    sentence=_("stated a position on statement %(number)s"),
    payload=frozenset({"number", "wording"}),
    icon="message-circle-check",
)
POSITION_WRITTEN_DOWN = declare(
    code="interviews.position.written_down",
    sentence=_("wrote down the client's position on statement %(number)s and read it back"),
    payload=frozenset({"number", "wording"}),
    icon="message-circle-check",
)
