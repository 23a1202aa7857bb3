"""Two records that no app has: every kind of sealed attribute, two classes of keys.

Their app is not installed, so nothing that walks the product's models meets them.
"""

from typing import ClassVar

from django.db import models

from bilans.crypto.binding import KeyClass, KeyScope, ScopeKind
from bilans.records import SealedDate, SealedDecimal, SealedJSON, SealedRecord, SealedText
from bilans.ui.forms import RecordForm

TABLES = """
CREATE SCHEMA IF NOT EXISTS trial;
CREATE TABLE IF NOT EXISTS trial.page (
    id uuid PRIMARY KEY, version integer NOT NULL, sealed bytea NOT NULL,
    book uuid NOT NULL, protection text NOT NULL, number integer NOT NULL,
    UNIQUE (book, number)
);
CREATE TABLE IF NOT EXISTS trial.verdict (
    id uuid PRIMARY KEY, version integer NOT NULL, sealed bytea NOT NULL,
    book uuid NOT NULL, is_final boolean NOT NULL
);
GRANT USAGE ON SCHEMA trial TO bilans_app;
GRANT ALL ON ALL TABLES IN SCHEMA trial TO bilans_app;
"""


class Page(SealedRecord):
    seal_name: ClassVar[str] = "trial.page"
    key_class: ClassVar[str] = KeyClass.CASE

    book = models.UUIDField()
    protection = models.CharField(max_length=12, default=KeyClass.CASE)
    number = models.IntegerField(default=0)

    title = SealedText("title", max_length=20)
    words = SealedText("words", blank=True, null=True)
    lines = SealedJSON("lines", blank=True, default=list)
    day = SealedDate("day", blank=True)
    amount = SealedDecimal("amount", blank=True)
    called = SealedText("called", was="named", blank=True)

    class Meta:
        app_label = "trial"
        db_table = '"trial"."page"'
        managed = False

    def key_scope(self) -> KeyScope:
        return KeyScope(ScopeKind.CASE, self.__dict__["book"], self.__dict__["protection"])


class Verdict(SealedRecord):
    """Carries a decision: an older body of the same row must not open."""

    seal_name: ClassVar[str] = "trial.verdict"
    key_class: ClassVar[str] = KeyClass.CASE
    binds_version: ClassVar[bool] = True

    book = models.UUIDField()
    is_final = models.BooleanField(default=False)

    outcome = SealedText("outcome", max_length=10)

    class Meta:
        app_label = "trial"
        db_table = '"trial"."verdict"'
        managed = False

    def key_scope(self) -> KeyScope:
        return KeyScope(ScopeKind.CASE, self.__dict__["book"], self.key_class)


class PageForm(RecordForm):
    class Meta:
        model = Page
        fields = ["title", "words", "lines", "day", "amount"]
