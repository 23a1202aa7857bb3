"""Why each plain column of the portfolio may be plain."""

PLAIN: dict[str, str] = {
    "portfolio.Evidence.number": "a place in a list says nothing about the person",
    "portfolio.Evidence.state": "needed to leave withdrawn evidence out",
    "portfolio.Evidence.kind": "a type code from a closed list",
    "portfolio.Evidence.added_at": "a moment; the trail tells it too",
    "portfolio.EvidenceLink.linked_at": "a moment; the trail tells it too",
    "portfolio.EvidenceSupport.linked_at": "a moment; the trail tells it too",
}
