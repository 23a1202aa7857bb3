from portfolio.models.evidence import Evidence, EvidenceLink, EvidenceSupport

__all__ = ["Evidence", "EvidenceLink", "EvidenceSupport"]
