"""The abstract base of every row that holds something about a person."""

import copy
import uuid
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from bilans.crypto import body
from bilans.crypto.binding import KeyScope, pack_scope
from bilans.crypto.keys import key_to_seal, want
from bilans.errors import Conflict
from bilans.records.fields import SealedBody, SealedField


class SealedQuerySet(models.QuerySet):
    """Refuses the writes that would go round the seal."""

    def update(self, **changes: Any) -> int:
        """Update plain columns and count the row's version up, so no stale save follows.

        Raises:
            FieldError: a sealed attribute, the body or the version is among the changes.
        """
        if self.model.binds_version:
            raise FieldError(f"{self.model.__name__} binds its version: save the rows one by one.")
        sealed = {field.name for field in sealed_fields(self.model)} | {"sealed", "version"}
        if refused := sealed & changes.keys():
            raise FieldError(f"{sorted(refused)} cannot be updated in the database.")
        return super().update(**changes, version=F("version") + 1)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        raise FieldError("Sealed records are saved one by one: each save checks its version.")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        rows = list(objs)
        for row in rows:
            want(row.key_scope())
        return super().bulk_create(rows, *args, **kwargs)


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
            row.__dict__["_loaded_as"] = row.key_scope(), row.__dict__["id"]
            want(row.__dict__["_loaded_as"][0])
        except KeyError:  # loaded without the columns that name the key
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
            blob = self.sealed
            self.__dict__["_opened"] = (
                body.unseal(bytes(blob), scope=self.key_scope(), data=self._bound_to())
                if blob
                else {}
            )
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
        key_to_seal(self.key_scope())  # before opening: one key query serves both
        fields = sealed_fields(type(self))
        touched = any(field.attname in self.__dict__ for field in fields)
        blob = self.__dict__.get("sealed")
        if blob and not touched and not self.binds_version:
            return bytes(blob)
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
            super().save(*args, update_fields=update_fields, **kwargs)
            self.__dict__["_loaded_as"] = self.key_scope(), self.pk
            return
        self._refuse_a_moved_row()
        if self.binds_version:
            self.open_body()  # under the version it was sealed for
        if update_fields is not None:
            sealed = {field.name for field in sealed_fields(type(self))}
            plain = [name for name in update_fields if name not in sealed]
            update_fields = {*plain, "sealed", "version"}
        read = self.version
        self.version = read + 1
        try:
            super().save(*args, force_update=True, update_fields=update_fields, **kwargs)
        except BaseException:
            self.version = read
            raise

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again; sealed attributes are opened anew on next access."""
        if kwargs.get("fields") is not None:
            sealed = {field.name for field in sealed_fields(type(self))}
            kwargs["fields"] = {
                name if name not in sealed else "sealed" for name in kwargs["fields"]
            } | {"version"}
        super().refresh_from_db(*args, **kwargs)
        for name in ("_opened", *(field.attname for field in sealed_fields(type(self)))):
            self.__dict__.pop(name, None)

    def _do_update(  # the signature is Django's own, private one
        self,
        base_qs: Any,
        using: Any,
        pk_val: uuid.UUID,
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

    def _refuse_a_moved_row(self) -> None:
        loaded = self.__dict__.get("_loaded_as")
        if loaded is not None and loaded != (self.key_scope(), self.pk):
            raise FieldError(f"{self} would move to another key: its body would never open again.")


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    """The sealed attributes of a model, in the order of their declaration."""
    cached = model.__dict__.get("_sealed_fields")
    if cached is None:
        cached = [field for field in model._meta.private_fields if isinstance(field, SealedField)]
        if cached and not model._meta.abstract:
            model._sealed_fields = cached  # type: ignore[attr-defined]
    return cached
