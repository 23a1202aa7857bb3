"""Why each column of this app that is not sealed may be plain."""

_COUNTED = "an ordinal within the case; says nothing about the person"
_COURSE = "the course of the work: lists, guards and time limits ask for it; carries no content"

PLAIN: dict[str, str] = {
    "interviews.Interview.number": _COUNTED,
    "interviews.Interview.state": _COURSE,
    "interviews.Interview.held_on": _COURSE,
    "interviews.StarRecord.number": _COUNTED,
    "interviews.StarRecord.completed_at": _COURSE,
    "interviews.StarRecord.removed_at": _COURSE,
    "interviews.Statement.number": _COUNTED,
    "interviews.Statement.state": _COURSE,
    "interviews.Statement.wording": _COUNTED,
    "interviews.Statement.presented_at": _COURSE,
    "interviews.Position.wording": _COUNTED,
    "interviews.Position.recorded_at": _COURSE,
}
