"""Which passwords are accepted: length and guessability, no rules of composition."""

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bilans.accounts.models import User
from bilans.collation import fold
from bilans.errors import InvalidInput

MAX_LENGTH = 128
WORTH = 8
"""Characters that must remain when everybody's first guesses are taken out."""

_SHORTEST_WORD = 3


def check_new_password(password: str, *, user: User, words: Iterable[str]) -> None:
    """Refuse a password that is short, common, or made of what others know.

    Args:
        password: as typed.
        user: whose it will be.
        words: names an attacker would try: the person's, the office's.

    Raises:
        InvalidInput: ``password_weak``, with every reason.
    """
    problems: list[str] = []
    try:
        validate_password(password, user)
    except ValidationError as error:
        problems.extend(error.messages)
    if len(password) > MAX_LENGTH:
        problems.append(
            _("The password is too long; use at most %(limit)d characters.") % {"limit": MAX_LENGTH}
        )
    if not problems and len(_without(fold(password), words)) < WORTH:
        problems.append(
            _("The password is built from names that others know. Add words of your own.")
        )
    if problems:
        raise InvalidInput(" ".join(problems), code="password_weak", field="password")


def _without(password: str, words: Iterable[str]) -> str:
    known = {"bilans", "kompetencji", *fold(" ".join(words).replace("@", " ")).split()}
    for word in sorted(known, key=len, reverse=True):
        if len(word) >= _SHORTEST_WORD:
            password = password.replace(word, "")
    return password
