"""Why each column of clients and cases that is not sealed may be plain."""

_COURSE = "the course of the work: lists, guards and time limits ask the database for it"
_MOMENT = "a moment; the trail tells it too, and it says nothing of what was said"
_NUMBER = "given out one by one; whoever knows it learns nothing about the person"
_CODE = "a code from a closed list; the database checks it"

PLAIN: dict[str, str] = {
    "clients.Client.number": _NUMBER,
    "clients.Client.created_at": _MOMENT,
    "clients.ClientIndex.kind": _CODE,
    "clients.Case.number": _NUMBER,
    "clients.Case.variant": _CODE,
    "clients.Case.state": _COURSE,
    "clients.Case.held_from": _COURSE,
    "clients.Case.held_until": _COURSE,
    "clients.Case.opened_on": _COURSE,
    "clients.Case.closed_on": _COURSE,
    "clients.Case.due_on": _COURSE,
    "clients.NumberSeries.*": "counts what an office has numbered; belongs to nobody",
    "clients.Assignment.role": "which permissions follow is asked of the database for every list",
    "clients.Assignment.starts_at": "the window of a part is joined into every question of access",
    "clients.Assignment.ends_at": "the window of a part is joined into every question of access",
    "clients.Contract.number": _NUMBER,
    "clients.Contract.state": _COURSE,
    "clients.Contract.in_force_at": _MOMENT,
    "clients.Signature.party": _CODE,
    "clients.Signature.method": _CODE,
    "clients.Signature.signed_on": _MOMENT,
    "clients.Signature.recorded_at": _MOMENT,
    "clients.StoredFile.protection": "names the key the file is sealed with, before it is opened",
    "clients.StoredFile.media_type": "a type from a closed list; its name and size are sealed",
    "clients.StoredFile.created_at": _MOMENT,
    "clients.IssuedDocument.kind": "names the key the document is sealed with, and who may read it",
    "clients.IssuedDocument.number": _NUMBER,
    "clients.IssuedDocument.language": _CODE,
    "clients.IssuedDocument.issued_at": _MOMENT,
    "clients.IssuedDocument.mark": "a keyed hash: equal documents are shown equal, nothing is told",
    "clients.Delivery.channel": _CODE,
    "clients.Delivery.delivered_at": _MOMENT,
    "clients.Delivery.confirmed_at": _MOMENT,
    "clients.Draft.form": "which form, not what stands in it; a draft is found by it",
    "clients.Draft.target_id": "the id of the edited row; a draft is found by it",
    "clients.Draft.base_version": "a counter; a conflict is told by it",
    "clients.Draft.saved_at": _MOMENT,
}

BLIND: dict[str, str] = {
    "clients.ClientIndex.value": "a keyed hash of PESEL, e-mail or surname; cut short for surnames",
}
