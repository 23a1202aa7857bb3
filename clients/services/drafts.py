"""What somebody is typing, sealed on the server until it is saved or put away."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bilans.access import require
from bilans.accounts.models import User
from bilans.audit.services import record, unit_of_work
from bilans.errors import InvalidInput
from clients import contract_events as events
from clients.drafting import MAX_ITEMS, MAX_TEXT, DraftedForm, drafted_form
from clients.models import Case, Draft
from clients.selectors.cases import cases_for
from clients.selectors.drafts import draft_of

MAX_FIELDS = 400
Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftConflict:
    """Somebody saved the edited row after the typing began: what stands there now."""

    version: int
    theirs: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSaved:
    """A draft is safe; with a conflict the person has two texts to compare."""

    saved_at: datetime
    conflict: DraftConflict | None = field(default=None)


def save_draft(
    *,
    actor: User,
    case_id: UUID,
    form: str,
    target_id: UUID,
    base_version: int,
    values: Values,
) -> DraftSaved:
    """Keep what stands in a form now, whether or not somebody saved the row meanwhile.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor could not save this form either.
        InvalidInput: ``draft_form_unknown``, ``draft_field_unknown``, ``draft_too_large``.
        ObjectDoesNotExist: the edited row is not in this case.
    """
    with unit_of_work():
        case = cases_for(actor).get(pk=case_id)
        drafted = _known_form(form)
        require(actor, drafted.permission, case)
        _check_values(drafted, values)
        conflict = _conflict(drafted, case, target_id, base_version)
        now = timezone.now()
        _write(actor, case, drafted, target_id, base_version=base_version, values=values, now=now)
        return DraftSaved(saved_at=now, conflict=conflict)


def find_draft(*, actor: User, case_id: UUID, form: str, target_id: UUID) -> Draft | None:
    """Find what the actor had typed and not saved; part of reading the page it belongs to."""
    draft = draft_of(actor, form, target_id) if drafted_form(form) is not None else None
    return draft if draft is not None and draft.case_id == case_id else None


def discard_draft(*, actor: User, case_id: UUID, form: str, target_id: UUID) -> bool:
    """Put the actor's draft away, because it was saved or is not wanted; say if there was one."""
    with unit_of_work():
        draft = find_draft(actor=actor, case_id=case_id, form=form, target_id=target_id)
        if draft is None:
            return False
        record(events.DRAFT_ENDED, actor=actor, subject=draft, data={"form": form})
        draft.delete()
        return True


def _known_form(name: str) -> DraftedForm:
    drafted = drafted_form(name)
    if drafted is None:
        raise InvalidInput(
            _("This form keeps no drafts. Save it with its button."), code="draft_form_unknown"
        )
    return drafted


def _check_values(drafted: DraftedForm, values: Values) -> None:
    unknown = [name for name in values if not drafted.accepts(name)]
    if unknown:
        raise InvalidInput(
            _("The draft names a field that the form does not have. Reload the page."),
            code="draft_field_unknown",
        )
    if len(values) > MAX_FIELDS or not all(_fits(value) for value in values.values()):
        raise InvalidInput(
            _("The text is too long for a draft. Shorten it or save it in parts."),
            code="draft_too_large",
        )


def _fits(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= MAX_TEXT
    return (
        isinstance(value, list)
        and len(value) <= MAX_ITEMS
        and all(isinstance(each, str) and len(each) <= MAX_TEXT for each in value)
    )


def _conflict(
    drafted: DraftedForm, case: Case, target_id: UUID, base_version: int
) -> DraftConflict | None:
    if target_id == case.pk:
        return None
    row = drafted.model._default_manager.get(pk=target_id, case=case)
    if row.version == base_version:
        return None
    return DraftConflict(version=row.version, theirs=drafted.texts(row))


def _write(  # noqa: PLR0913 -- the parts of one row
    actor: User,
    case: Case,
    drafted: DraftedForm,
    target_id: UUID,
    *,
    base_version: int,
    values: Values,
    now: datetime,
) -> None:
    what = {"base_version": base_version, "values": values, "saved_at": now}
    identity = {"user": actor, "form": drafted.name, "target_id": target_id}
    draft = Draft.objects.select_for_update().filter(**identity).first()
    if draft is None:
        try:
            with transaction.atomic():
                draft = Draft.objects.create(case=case, **identity, **what)
        except IntegrityError:  # the same person's other window was first
            draft = Draft.objects.select_for_update().get(**identity)
        else:
            record(events.DRAFT_BEGUN, actor=actor, subject=draft, data={"form": drafted.name})
            return
    for name, value in what.items():
        setattr(draft, name, value)
    draft.save()
