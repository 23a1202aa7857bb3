"""What the request's frame writes: forms that were sent, and refusals."""

import uuid

from bilans.accounts.models import Submission, User
from bilans.audit.events import REFUSED
from bilans.audit.services import record

LONGEST_ADDRESS = 300


def begin_submission(*, user: User, key: uuid.UUID) -> Submission:
    """Claim a form's one-time key; waits for a twin that is being answered.

    Raises:
        IntegrityError: the form was answered already.
    """
    return Submission.objects.create(user=user, key=key)


def end_submission(*, submission: Submission, location: str) -> None:
    """Keep where the answer led, for the same form sent again; never half an address."""
    kept = location if len(location) <= LONGEST_ADDRESS else ""
    Submission.objects.filter(pk=submission.pk).update(location=kept)


def forget_submission(*, submission: Submission) -> None:
    """Give the key back: the form had no effect and will be corrected and sent again."""
    Submission.objects.filter(pk=submission.pk).delete()


def answer_of_submission(*, user: User, key: uuid.UUID) -> str:
    """Where the first sending of the form led; empty when it is gone."""
    found = Submission.objects.filter(user=user, key=key).first()
    return found.location if found else ""


def record_refusal(*, actor: User, what: str, method: str) -> None:
    """Leave a refusal in the actor's own stream."""
    record(
        REFUSED, actor=actor, subject=actor, data={"what": what, "method": method},
        outcome="denied",
    )  # fmt: skip
