"""Every column is sealed, blind, or plain for a stated reason; seal names never change.

An app's ``privacy.py`` offers ``PLAIN`` and, where it has blind indexes, ``BLIND``:
``"app.Model.column": "reason"``. ``"app.Model.*"`` stands for a whole model without
personal data. Keys, relations, the sealed body and its version need no word.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.db import models

from bilans.records import SealedRecord
from bilans.records.fields import SealedBody
from bilans.records.models import sealed_fields
from tests.architecture.source import PACKAGES

NAMES = Path(__file__).with_name("seal_names.txt")
OURS = [
    model
    for model in apps.get_models()
    if model.__module__.partition(".")[0] in PACKAGES and model._meta.proxy_for_model is None
]
STRUCTURE = (models.ForeignKey, models.AutoField, SealedBody)


def _declared(kind: str) -> dict[str, str]:
    declared: dict[str, str] = {}
    for config in apps.get_app_configs():
        if config.name.partition(".")[0] in PACKAGES and find_spec(f"{config.name}.privacy"):
            declared |= getattr(import_module(f"{config.name}.privacy"), kind, {})
    return declared


def _columns() -> dict[str, models.Field]:
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}": field
        for model in OURS
        for field in model._meta.concrete_fields
        if not (
            field.primary_key
            or isinstance(field, STRUCTURE)
            or (field.name == "version" and issubclass(model, SealedRecord))
        )
    }


def test_every_column_is_classified() -> None:
    known = _declared("PLAIN") | _declared("BLIND")
    missing = {
        name
        for name in _columns()
        if name not in known and name.rpartition(".")[0] + ".*" not in known
    }
    assert missing == set()


def test_no_classified_column_is_gone() -> None:
    columns = _columns()
    whole = {name.rpartition(".")[0] + ".*" for name in columns}
    known = _declared("PLAIN") | _declared("BLIND")
    assert known.keys() - columns.keys() - whole == set()


def test_every_reason_is_a_sentence() -> None:
    short = {
        name for name, why in (_declared("PLAIN") | _declared("BLIND")).items() if len(why) < 15
    }
    assert short == set()


def test_no_model_is_both_whole_and_in_parts_plain() -> None:
    whole = {name.removesuffix(".*") for name in _declared("PLAIN") if name.endswith(".*")}
    parts = {n.rpartition(".")[0] for n in _declared("PLAIN") if not n.endswith(".*")}
    assert whole & parts == set()


def test_a_model_with_sealed_attributes_is_a_sealed_record() -> None:
    loose = [
        model for model in OURS if sealed_fields(model) and not issubclass(model, SealedRecord)
    ]
    assert loose == []


def test_every_sealed_record_has_a_name_and_a_key() -> None:
    sealed = [model for model in OURS if issubclass(model, SealedRecord)]
    names = [model.seal_name for model in sealed]
    assert all(names)
    assert len(set(names)) == len(names)
    assert all(model.key_class for model in sealed)


def test_seal_names_are_frozen() -> None:
    """A renamed seal opens no body that was written before; the list only ever grows."""
    running = {
        f"{model.seal_name} {field.name}"
        for model in OURS
        if issubclass(model, SealedRecord)
        for field in sealed_fields(model)
    }
    assert sorted(running) == NAMES.read_text().splitlines()
