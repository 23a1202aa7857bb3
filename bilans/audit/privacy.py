"""Why the columns of the trail may be plain: who acted is what a trail is for."""

_CHAIN = "a link of the chain; a hash over plain facts and sealed bytes"
_WHERE = "names the stream by its kind and an opaque id"
_FACT = "who did what when, by opaque ids; values stand in the sealed payload"

PLAIN: dict[str, str] = {
    "audit.Entry.kind": _WHERE,
    "audit.Entry.scope": _WHERE,
    "audit.Entry.seq": _CHAIN,
    "audit.Entry.previous": _CHAIN,
    "audit.Entry.body": _FACT,
    "audit.Entry.payload": "sealed with a key of the stream before it is handed to the database",
    "audit.Entry.at": _FACT,
    "audit.Entry.actor": _FACT,
    "audit.Entry.action": _FACT,
    "audit.Head.kind": _WHERE,
    "audit.Head.seq": _CHAIN,
    "audit.Head.head": _CHAIN,
}
