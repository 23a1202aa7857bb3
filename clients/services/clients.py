"""Client cards: who a person is and how to reach them, checked before anything is kept."""

import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as NumberError
from stdnum.pl import pesel as polish_id

from bilans.access import Actor, require, require_office
from bilans.accounts.permissions import OfficePermission
from bilans.audit.services import record, unit_of_work
from bilans.crypto.blind import (
    FIRST_LETTERS,
    client_index,
    normal_email,
    normal_pesel,
    surname_tokens,
)
from bilans.errors import Conflict, InvalidInput
from clients.events import (
    CLIENT_CORRECTED,
    CLIENT_READ,
    CLIENT_REGISTERED,
    NAMESAKES_SOUGHT,
)
from clients.models import Client, ClientIndex
from clients.models.client import IndexKind
from clients.permissions import CasePermission
from clients.selectors.cases import CasePage, case_page, cases_for
from clients.selectors.clients import Namesakes, find_namesakes, office_of
from clients.services.numbers import next_number

ADULT_AT = 18
"""Years; the method is for adults only (source 004, docs/sources.md)."""

OLDEST = 120
"""Years; more is a slip of the finger."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientCard:
    """What stands on a client card, as typed."""

    given_name: str
    family_name: str
    birth_date: date
    pesel: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""

    @classmethod
    def of(cls, client: Client) -> "ClientCard":
        """Copy the card of a client."""
        return cls(**{each.name: getattr(client, each.name) for each in fields(cls)})


def card_problems(card: ClientCard, *, on: date) -> list[InvalidInput]:
    """Everything that keeps the card from being accepted on that day, field by field."""
    problems = [
        InvalidInput(_("Type the name."), code="name_missing", field=name)
        for name in ("given_name", "family_name")
        if not getattr(card, name).strip()
    ]
    problems += _birth_problems(card.birth_date, on)
    problems += _pesel_problems(card)
    if card.email:
        try:
            validate_email(card.email)
        except ValidationError:
            problems.append(
                InvalidInput(
                    _("This is not an e-mail address. Check it, or leave the field empty."),
                    code="email_wrong",
                    field="email",
                )
            )
    if card.phone and not re.fullmatch(r"[+\d][\d\s()./-]{5,28}", card.phone.strip()):
        problems.append(
            InvalidInput(
                _("A telephone number has digits only, with a + in front for another country."),
                code="phone_wrong",
                field="phone",
            )
        )
    return problems


def seek_namesakes(*, actor: Actor, card: ClientCard) -> Namesakes:
    """Look whether the person on the card is known to the office; one entry, found or not.

    Raises:
        NotPermitted: the actor's job does not include making cards.
    """
    with unit_of_work():
        require_office(actor, OfficePermission.OPEN_CASE)
        found = find_namesakes(
            actor=actor,
            family_name=card.family_name,
            birth_date=card.birth_date,
            pesel=card.pesel,
        )
        record(
            NAMESAKES_SOUGHT,
            actor=actor,
            subject=actor,
            count=len(found.visible) + found.hidden,
            data={"clients": [str(each.pk) for each in found.visible], "hidden": found.hidden},
        )
        return found


def register_client(*, actor: Actor, card: ClientCard, on: date | None = None) -> Client:
    """Make a client card in the actor's office.

    Args:
        actor: somebody who may open cases.
        card: what was typed.
        on: the day on which the person must be an adult; today.

    Raises:
        NotPermitted: the actor's job does not include it.
        InvalidInput: the first problem of the card, or ``pesel_taken``.
    """
    with unit_of_work():
        require_office(actor, OfficePermission.OPEN_CASE)
        organisation_id = office_of(actor)
        on = on or timezone.localdate()
        card = _tidy(card)
        _refuse_problems(card, on)
        client = Client.objects.create(
            organisation_id=organisation_id,
            number=next_number(
                organisation_id, f"client-{on.year}", "KL/{year}/{last:04}", on.year
            ),
            **asdict(card),
        )
        _write_index(client)
        record(CLIENT_REGISTERED, actor=actor, subject=client)
        return client


def correct_client(*, actor: Actor, case_id: UUID, card: ClientCard, base_version: int) -> Client:
    """Correct the card of the case's client.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor may not correct the card.
        Conflict: ``stale``; somebody corrected it since ``base_version`` was read.
        InvalidInput: the first problem of the card, or ``pesel_taken``.
    """
    with unit_of_work():
        case = cases_for(actor).select_related("client").get(pk=case_id)
        require(actor, CasePermission.EDIT_CLIENT, case)
        client = case.client
        if client.version != base_version:
            raise Conflict(
                _("Somebody else has just corrected this card. Your text is kept; compare."),
                code="stale",
            )
        card = _tidy(card)
        _refuse_problems(card, timezone.localdate())
        before = asdict(ClientCard.of(client))
        changed = {name: value for name, value in asdict(card).items() if before[name] != value}
        if not changed:
            return client
        for name, value in changed.items():
            setattr(client, name, value)
        client.save()
        _write_index(client)
        record(
            CLIENT_CORRECTED,
            actor=actor,
            subject=client,
            changed=changed,
            data={
                "before": {name: str(before[name]) for name in changed},
                "after": {name: str(value) for name, value in changed.items()},
            },
        )
        return client


def read_client(*, actor: Actor, case_id: UUID) -> CasePage:
    """Open the card of the case's client, to correct it.

    Raises:
        Case.DoesNotExist: no such case for the actor.
        NotPermitted: the actor may not correct the card.
    """
    with unit_of_work():
        page = case_page(actor=actor, case_id=case_id)
        require(actor, CasePermission.EDIT_CLIENT, page.case)
        record(CLIENT_READ, actor=actor, subject=page.client)
        return page


def adult_from(birth_date: date) -> date:
    """First day of being of age; born on 29 February, the 28th (civil code, art. 112)."""
    try:
        return birth_date.replace(year=birth_date.year + ADULT_AT)
    except ValueError:
        return date(birth_date.year + ADULT_AT, 2, 28)


def _birth_problems(birth_date: date, on: date) -> list[InvalidInput]:
    if birth_date > on:
        message, code = _("This day has not come yet. Check the year."), "birth_in_future"
    elif on.year - birth_date.year > OLDEST:
        message, code = _("This was too long ago. Check the year."), "birth_too_long_ago"
    elif adult_from(birth_date) > on:
        message = _(
            "A balance is for adults only. This person will be 18 on %(day)s; until then, "
            "refer them to a school counsellor."
        ) % {"day": date_format(adult_from(birth_date), "j E Y")}
        code = "minor"
    else:
        return []
    return [InvalidInput(message, code=code, field="birth_date")]


def _pesel_problems(card: ClientCard) -> list[InvalidInput]:
    if not card.pesel.strip():
        return []
    try:
        number = polish_id.validate(card.pesel)
    except InvalidLength:
        message, code = (
            _("A PESEL has 11 digits. Check it, or leave the field empty."),
            "pesel_length",
        )
    except InvalidChecksum:
        message = _("One digit of the PESEL is wrong: the control digit does not agree.")
        code = "pesel_checksum"
    except NumberError:
        message, code = _("This is not a PESEL. Check it, or leave the field empty."), "pesel_wrong"
    else:
        born = polish_id.get_birth_date(number)
        if born == card.birth_date:
            return []
        message = _(
            "The PESEL says the person was born on %(day)s. Check the PESEL or the date of birth."
        ) % {"day": date_format(born, "j E Y")}
        code = "pesel_other_birth_date"
    return [InvalidInput(message, code=code, field="pesel")]


def _refuse_problems(card: ClientCard, on: date) -> None:
    for problem in card_problems(card, on=on):
        raise problem


def _tidy(card: ClientCard) -> ClientCard:
    typed: dict[str, Any] = asdict(card)
    for name, value in typed.items():
        if isinstance(value, str):
            typed[name] = " ".join(value.split())
    typed["pesel"] = "".join(typed["pesel"].split())
    return ClientCard(**typed)


def _write_index(client: Client) -> None:
    """Write the blind index of a card anew.

    Raises:
        InvalidInput: ``pesel_taken``; somebody else in the office has this PESEL.
    """
    values = {(IndexKind.SURNAME, token) for token in surname_tokens(client.family_name)}
    values |= {
        (IndexKind.SURNAME_START, token[:FIRST_LETTERS])
        for token in surname_tokens(client.family_name)
    }
    if client.pesel:
        values.add((IndexKind.PESEL, normal_pesel(client.pesel)))
    if client.email:
        values.add((IndexKind.EMAIL, normal_email(client.email)))
    ClientIndex.objects.filter(client=client).delete()
    try:
        with unit_of_work():
            ClientIndex.objects.bulk_create(
                ClientIndex(
                    organisation_id=client.organisation_id,
                    client=client,
                    kind=kind,
                    value=client_index(client.organisation_id, kind, value),
                )
                for kind, value in sorted(values)
            )
    except IntegrityError as error:
        raise InvalidInput(
            _(
                "A client with this PESEL is already in the office. Search the list of cases, "
                "or ask your manager."
            ),
            code="pesel_taken",
            field="pesel",
        ) from error
