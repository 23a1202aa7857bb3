"""Why the columns of keys may be plain."""

_LABEL = "names whose key it is by an opaque id and a class; the key itself is wrapped"
_LIFE = "when the key was made and whether it still opens anything"

PLAIN: dict[str, str] = {
    "crypto.KeyRecord.scope_kind": _LABEL,
    "crypto.KeyRecord.scope_id": _LABEL,
    "crypto.KeyRecord.key_class": _LABEL,
    "crypto.KeyRecord.version": _LABEL,
    "crypto.KeyRecord.epoch": "names the master key that opens it, which is not in the database",
    "crypto.KeyRecord.wrapped": "encrypted with a master key that is not in the database",
    "crypto.KeyRecord.check_value": "eight bytes of a keyed hash; tell a wrong key at once",
    "crypto.KeyRecord.state": _LIFE,
    "crypto.KeyRecord.created_at": _LIFE,
}
