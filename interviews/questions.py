"""Questions to have at hand in a behavioural interview, from wide to narrow (the funnel)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLevel:
    """One level of the funnel: what it is for, and questions in our own words."""

    title: str | Promise
    purpose: str | Promise
    questions: tuple[str | Promise, ...]


FUNNEL: tuple[QuestionLevel, ...] = (
    QuestionLevel(
        title=_("Level 1: open the story"),
        purpose=_("One wide question, then silence. The person chooses where to begin."),
        questions=(
            _("Please tell me about a day at work, or outside it, that you are content with."),
            _("When did people around you count on you? What happened then?"),
            _("Which task of the last years cost you the most effort?"),
            _("What do others come to you with? Please tell me about the last time."),
        ),
    ),
    QuestionLevel(
        title=_("Level 2: stay with one event"),
        purpose=_("Situation, task, action, result: one real time, step by step."),
        questions=(
            _("When and where was it? Who else was there?"),
            _("What was expected of you, by when, and what made it hard?"),
            _("What did you do first? And what next?"),
            _("Which part of it was yours, and which was done by others?"),
            _("How did it end? How could one tell that it had worked?"),
        ),
    ),
    QuestionLevel(
        title=_("Level 3: make sure"),
        purpose=_("Short questions that close the story and leave no guessing."),
        questions=(
            _("How many, how long, how often?"),
            _("Who could confirm it? Is there anything left of it: a photo, a note, an opinion?"),
            _("What would you do differently today?"),
            _("I understood it like this: … Is that right?"),
        ),
    ),
)
