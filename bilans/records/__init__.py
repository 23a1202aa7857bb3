"""What every personal record stands on: one sealed body a row, opened on first access."""

from bilans.records.fields import SealedDate, SealedDecimal, SealedJSON, SealedText
from bilans.records.models import SealedQuerySet, SealedRecord

__all__ = [
    "SealedDate",
    "SealedDecimal",
    "SealedJSON",
    "SealedQuerySet",
    "SealedRecord",
    "SealedText",
]
