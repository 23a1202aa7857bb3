"""What the trail tells about contracts, documents, files and drafts."""

from django.utils.translation import gettext_lazy as _

from bilans.audit.registry import declare
from clients.events import name_values
from clients.states import DeliveryChannel, DocumentKind

CONTRACT_SAVED = declare(
    code="clients.contract.saved",
    sentence=_("wrote the contract no. %(number)s"),
    payload=frozenset({"number"}),
    icon="file-pen",
)
CONTRACT_OFFERED = declare(
    code="clients.contract.offered",
    sentence=_("signed the contract no. %(number)s for the office and gave it to be signed"),
    payload=frozenset({"number", "document", "mark"}),
    icon="file-check",
)
# the history adds a given reason by itself
CONTRACT_REOPENED = declare(
    code="clients.contract.reopened",
    sentence=_("took the contract no. %(number)s back to be changed"),
    payload=frozenset({"number", "reason", "document"}),
    icon="file-clock",
)
CONTRACT_CHANGE_ASKED = declare(
    code="clients.contract.change_asked",
    sentence=_("asked for a change in the contract no. %(number)s"),
    payload=frozenset({"number", "reason", "document"}),
    icon="message-square",
)
CONTRACT_AMENDED = declare(
    code="clients.contract.amended",
    sentence=_("started the amended contract no. %(number)s"),
    payload=frozenset({"number", "replaces"}),
    icon="file-plus",
)
CONTRACT_SIGNED = declare(
    code="clients.contract.signed",
    sentence=_("signed the contract no. %(number)s in the portal"),
    payload=frozenset({"number", "signed_on", "document", "mark"}),
    icon="signature",
)
CONTRACT_SIGNED_ON_PAPER = declare(
    code="clients.contract.signed_on_paper",
    sentence=_("recorded the client's signature on paper under the contract no. %(number)s"),
    payload=frozenset({"number", "signed_on", "document", "mark", "scan", "read_aloud", "present"}),
    icon="signature",
)
CONTRACT_READ = declare(
    code="clients.contract.read",
    sentence=_("opened the contract"),
    icon="eye",
    reading=True,
)
SCAN_READ = declare(
    code="clients.contract.scan_read",
    sentence=_("opened the scan of the signed contract no. %(number)s"),
    payload=frozenset({"number"}),
    icon="eye",
    reading=True,
)
DOCUMENT_ISSUED = declare(
    code="clients.document.issued",
    sentence=_("issued the document “%(title)s”, version %(number)s"),
    payload=frozenset({"title", "kind", "number", "mark"}),
    icon="file-text",
)
DOCUMENT_READ = declare(
    code="clients.document.read",
    sentence=_("opened the document “%(title)s”, version %(number)s (%(rendering)s)"),
    payload=frozenset({"title", "kind", "number", "rendering"}),
    icon="eye",
    reading=True,
)
DOCUMENTS_READ = declare(
    code="clients.documents.read",
    sentence=_("looked at the list of documents of the case"),
    icon="eye",
    reading=True,
)
DOCUMENT_DELIVERED = declare(
    code="clients.document.delivered",
    sentence=_("handed over the document “%(title)s”, version %(number)s"),
    payload=frozenset({"title", "number", "channel", "note"}),
    icon="send",
)
RECEIPT_CONFIRMED = declare(
    code="clients.document.receipt_confirmed",
    sentence=_("confirmed the receipt of the document “%(title)s”, version %(number)s"),
    payload=frozenset({"title", "number"}),
    icon="check-check",
)
# The keystrokes between a draft's beginning and its end leave no entries of their own: they
# are one act of one person, readable by nobody else, and one entry every two seconds would
# bury in the history what other people did.
DRAFT_BEGUN = declare(
    code="clients.draft.begun",
    sentence=_("began to write"),
    payload=frozenset({"form"}),
    icon="pencil-line",
    reading=True,
)
DRAFT_ENDED = declare(
    code="clients.draft.ended",
    sentence=_("put an unsaved draft away"),
    payload=frozenset({"form"}),
    icon="eraser",
    reading=True,
)

name_values("channel", DeliveryChannel)
name_values("kind", DocumentKind)
