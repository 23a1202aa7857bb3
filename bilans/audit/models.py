"""The trail as rows to read. The tables belong to a role the application is not."""

from django.db import models


class Entry(models.Model):
    """One entry of one stream; written only by the database function ``audit.append``.

    The hash covers the stream, the number, the plain body, the sealed payload and the
    hash before it, so nothing of it can change without breaking the chain.
    """

    hash = models.BinaryField(primary_key=True)
    kind = models.TextField()
    scope = models.UUIDField()
    seq = models.BigIntegerField()
    previous = models.BinaryField()
    body = models.TextField()
    payload = models.BinaryField(null=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    action = models.TextField()

    class Meta:
        managed = False
        db_table = '"audit"."entry"'
        ordering = ["kind", "scope", "seq"]

    def __str__(self) -> str:
        return f"{self.kind}/{self.scope}/{self.seq}"


class Head(models.Model):
    """The newest link of each stream."""

    scope = models.UUIDField(primary_key=True)
    kind = models.TextField()
    seq = models.BigIntegerField()
    head = models.BinaryField()

    class Meta:
        managed = False
        db_table = '"audit"."stream"'

    def __str__(self) -> str:
        return f"{self.kind}/{self.scope}"
