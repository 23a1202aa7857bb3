"""Offices and the people in them."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.utils.translation import gettext as _

from bilans.accounts.events import ORGANISATION_ADDED, PERSON_ADDED
from bilans.accounts.models import Membership, Organisation, User
from bilans.accounts.permissions import Role
from bilans.accounts.services.joining import call_joiners
from bilans.audit.services import record, unit_of_work
from bilans.crypto.blind import login_index
from bilans.errors import InvalidInput


def add_organisation(*, name: str, is_public: bool) -> Organisation:
    """Add an office, at the operator's word; it has nobody yet."""
    name = name.strip()
    if not name:
        raise InvalidInput(_("Give the office a name."), code="name_missing", field="name")
    with unit_of_work():
        organisation = Organisation.objects.create(name=name, is_public=is_public)
        record(ORGANISATION_ADDED, actor=None, subject=organisation, data={"name": name})
    return organisation


def create_person(
    *,
    organisation: Organisation,
    role: str,
    full_name: str,
    email: str,
    password: str | None = None,
    client_id: UUID | None = None,
) -> User:
    """Open an account with a membership, at the operator's word (commands, sample office).

    Without a password nobody can log in with it yet.

    Raises:
        InvalidInput: ``email_wrong``, ``email_taken``.
    """
    with unit_of_work():
        user = open_account(full_name=full_name, email=email, password=password)
        join(user=user, organisation=organisation, role=role, client_id=client_id)
        record(
            PERSON_ADDED,
            actor=None,
            subject=organisation,
            data={"name": user.full_name, "role": Role(role).label},
        )
    return user


def open_account(*, full_name: str, email: str, password: str | None) -> User:
    """Write an account; the database decides between two who ask for one address at once.

    Raises:
        InvalidInput: ``email_wrong``, ``email_taken``.
    """
    email = checked_email(email)
    user = User(full_name=full_name.strip(), email=email, email_index=login_index(email))
    user.set_password(password)
    try:
        with unit_of_work():
            user.save()
    except IntegrityError as error:
        raise InvalidInput(
            _(
                "This e-mail address already has an account. Log in with it, or ask the office "
                "to invite you at another address."
            ),
            code="email_taken",
            field="email",
        ) from error
    return user


def join(
    *, user: User, organisation: Organisation, role: str, client_id: UUID | None
) -> Membership:
    """Give an account its role in an office, and let the higher floors do their part."""
    membership = Membership.objects.create(user=user, organisation=organisation, role=role)
    user.__dict__.pop("membership", None)  # read before, it said "nobody"
    call_joiners(role=role, user=user, client_id=client_id)
    return membership


def checked_email(email: str) -> str:
    """Return the address without surrounding space.

    Raises:
        InvalidInput: ``email_wrong``.
    """
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput(
            _("This is not a complete e-mail address. Write it like name@example.org."),
            code="email_wrong",
            field="email",
        ) from error
    return email
