"""The abstract base of every row that holds something about a person."""

import copy
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self
from uuid import UUID

from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from bilans.crypto import body
from bilans.crypto.binding import KeyScope, pack_scope
from bilans.crypto.keys import key_to_seal, want
from bilans.errors import Conflict, SealBroken
from bilans.records.fields import SealedBody, SealedField


class SealedQuerySet(models.QuerySet):
    """Refuses the writes that would go round the seal, and loads what opening a row needs."""

    def update(self, **changes: Any) -> int:
        """Update plain columns and count the row's version up, so no stale save follows.

        Raises:
            FieldError: a sealed attribute, the body, the version, or a column that names
                the key is among the changes; the bodies would never open again.
        """
        if self.model.binds_version:
            raise FieldError(f"{self.model.__name__} binds its version: save the rows one by one.")
        bound = {field.name for field in sealed_fields(self.model)} | bound_columns(self.model)
        bound |= {
            field.name for field in self.model._meta.concrete_fields if field.attname in bound
        }
        if refused := (bound | {"pk"}) & changes.keys():
            raise FieldError(f"{sorted(refused)} cannot be updated in the database.")
        return super().update(**changes, version=F("version") + 1)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        raise FieldError("Sealed records are saved one by one: each save checks its version.")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts"):
            raise FieldError("A body sealed for one row would be written over another's.")
        rows = list(objs)
        for row in rows:
            row.refuse_a_moved_row()
            want(row.key_scope())
        made = super().bulk_create(rows, *args, **kwargs)
        for row in rows:
            row.note_its_place()
        return made

    def only(self, *fields: Any) -> Self:
        """Load these columns, and those without which a row can neither open nor be saved."""
        return super().only(*fields, *(() if fields == (None,) else bound_columns(self.model)))

    def defer(self, *fields: Any) -> Self:
        """Leave columns out, except those without which a row can neither open nor be saved."""
        bound = bound_columns(self.model)
        if fields == (None,):
            return super().defer(None)
        return super().defer(*(name for name in fields if name not in bound))


class SealedRecord(models.Model):
    """A row whose personal attributes are sealed together and bound to it.

    A subclass declares ``seal_name`` (frozen for ever; the model may move or be renamed),
    ``key_class`` and sealed attributes, and says whose key it uses in :meth:`key_scope`.
    Saving an existing row succeeds only if nobody wrote it since it was read.
    """

    seal_name: ClassVar[str] = ""
    key_class: ClassVar[str] = ""
    binds_version: ClassVar[bool] = False
    """Whether an older body of the same row must not open: for rows that carry a decision."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    sealed = SealedBody()

    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        row = super().from_db(db, field_names, values)
        try:
            row.note_its_place()
            want(row.__dict__["_loaded_as"][0])
        except KeyError:  # loaded as a part of another row, without the columns that name the key
            row.__dict__["_loaded_as"] = None
        return row

    def __str__(self) -> str:
        return f"{self._meta.label_lower} {self.pk}"  # no name here: __str__ ends up in logs

    def __getstate__(self) -> dict[str, Any]:
        state = copy.copy(super().__getstate__())
        for name in ("_opened", *(field.attname for field in sealed_fields(type(self)))):
            state.pop(name, None)
        return state

    def key_scope(self) -> KeyScope:
        """Whose key seals this row; read from columns only."""
        raise ImproperlyConfigured(f"{type(self).__name__} does not say whose key it uses.")

    def open_body(self) -> None:
        """Put every sealed attribute that is not set yet onto the instance.

        Raises:
            SealBroken: the body was altered, copied from elsewhere, or its key is gone.
        """
        if "_opened" not in self.__dict__:
            self._load_what_is_bound()
            self.__dict__["_opened"] = self._open()
        opened = self.__dict__["_opened"]
        for field in sealed_fields(type(self)):
            if field.attname in self.__dict__:
                continue
            if field.name in opened:
                value = field.from_stored(opened[field.name])
            elif field.was is not None and field.was in opened:
                value = field.from_stored(opened[field.was])
            else:
                value = field.get_default()
            self.__dict__[field.attname] = value

    def seal_body(self) -> bytes:
        """Return the bytes to store: the old ones where nothing changed."""
        fields = sealed_fields(type(self))
        touched = any(field.attname in self.__dict__ for field in fields)
        blob = self.__dict__.get("sealed")
        if blob and not touched and not self.binds_version:
            return bytes(blob)
        key_to_seal(self.key_scope())  # before opening: one key query serves both
        if "_opened" not in self.__dict__ and blob and not self.binds_version:
            self.open_body()
        values = {f.name: f.to_stored(getattr(self, f.attname)) for f in fields}
        opened = self.__dict__.get("_opened")
        if blob and opened == values and not self.binds_version:
            return bytes(blob)
        fresh = body.seal(values, scope=self.key_scope(), data=self._bound_to())
        # what JSON gave back would differ from what it was given (tuples, say)
        self.__dict__["_opened"] = copy.deepcopy(values)
        self.sealed = fresh
        return fresh

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Write the row; an existing one only if it is still the one that was read.

        Raises:
            Conflict: code ``stale``; somebody else wrote the row. Nothing was written.
        """
        if self._state.adding:
            self.refuse_a_moved_row()
            super().save(*args, update_fields=update_fields, **kwargs)
            self.note_its_place()
            return
        self._load_what_is_bound()
        self.refuse_a_moved_row()
        if self.binds_version:
            self.open_body()  # under the version it was sealed for
        if update_fields is not None:
            sealed = {field.name for field in sealed_fields(type(self))}
            plain = [name for name in update_fields if name not in sealed]
            update_fields = {*plain, "sealed", "version"}
        read = self.version
        self.version = read + 1
        try:
            super().save(*args, update_fields=update_fields, **kwargs | {"force_update": True})
        except BaseException:
            self.version = read
            raise

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again; sealed attributes are opened anew on next access.

        With ``fields``, only these: sealed ones come with the body and the version it was
        written with. Plain ones leave both alone, so what was typed into a sealed attribute
        stays, and a save still notices that somebody else wrote the row.
        """
        fields = kwargs.get("fields")
        if fields is not None:
            sealed = {field.name for field in sealed_fields(type(self))} | {"sealed"}
            if not sealed & set(fields):
                super().refresh_from_db(*args, **kwargs)
                return
            kwargs["fields"] = {*(set(fields) - sealed), "sealed", "version"}
        super().refresh_from_db(*args, **kwargs)
        for name in ("_opened", *(field.attname for field in sealed_fields(type(self)))):
            self.__dict__.pop(name, None)
        self.note_its_place()

    def _do_update(  # the signature is Django's own, private one
        self,
        base_qs: Any,
        using: Any,
        pk_val: UUID,
        values: Any,
        update_fields: Any,
        forced_update: Any,
    ) -> bool:
        current = base_qs.filter(version=self.version - 1)
        if not super()._do_update(current, using, pk_val, values, update_fields, forced_update):
            raise Conflict(
                _("Somebody else has just saved this. Reload the page; your text is kept."),
                code="stale",
            )
        return True

    def _bound_to(self) -> bytes:
        version = self.version.to_bytes(4, "big") if self.binds_version else b""
        return pack_scope(self.key_scope(), self.seal_name.encode(), self.pk.bytes, version)

    def note_its_place(self) -> None:
        """Remember whose key seals the body as it stands in the database, and for which row."""
        self.__dict__["_loaded_as"] = self.key_scope(), self.__dict__["id"]

    def refuse_a_moved_row(self) -> None:
        """Refuse to write a body where it was not sealed for.

        Raises:
            FieldError: the row names another key or id than when it was read or written.
        """
        loaded = self.__dict__.get("_loaded_as")
        if loaded is not None and loaded != (self.key_scope(), self.pk):
            raise FieldError(f"{self} would move to another key: its body would never open again.")

    def _open(self) -> dict[str, Any]:
        if self.sealed:
            return body.unseal(bytes(self.sealed), scope=self.key_scope(), data=self._bound_to())
        if not self._state.adding:  # every stored row has a body: somebody has emptied it
            raise SealBroken("the body of a stored row is empty")
        return {}

    def _load_what_is_bound(self) -> None:
        """Load the columns that name the key and the body, where a query left them out."""
        if self._state.adding:
            return
        if missing := bound_columns(type(self)) - self.__dict__.keys():
            super().refresh_from_db(fields=missing)
            self.note_its_place()


class _Reading(dict):
    """A row's values that notes which of them were looked at."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(dict.fromkeys(names, UUID(int=0)))
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)


def bound_columns(model: type[models.Model]) -> frozenset[str]:
    """Columns that a body is bound to: the id, the version, and those that name its key."""
    cached = model.__dict__.get("_bound_columns")
    if cached is None:
        probe = model.__new__(model)
        looked = _Reading(field.attname for field in model._meta.concrete_fields)
        probe.__dict__ = looked  # key_scope() reads columns only, from here
        probe.key_scope()  # type: ignore[attr-defined]
        cached = model._bound_columns = frozenset(looked.read | {"id", "version", "sealed"})  # type: ignore[attr-defined]
    return cached


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    """The sealed attributes of a model, in the order of their declaration."""
    cached = model.__dict__.get("_sealed_fields")
    if cached is None:
        cached = [field for field in model._meta.private_fields if isinstance(field, SealedField)]
        if cached and not model._meta.abstract:
            model._sealed_fields = cached  # type: ignore[attr-defined]
    return cached
