from portfolio.services.evidence import (
    EvidenceCard,
    OpenedFile,
    add_evidence,
    describe_evidence,
    link_to_criterion,
    open_evidence_file,
    read_evidence,
    read_portfolio,
    remove_support,
    support_statement,
    unlink_criterion,
    withdraw_evidence,
)

__all__ = [
    "EvidenceCard",
    "OpenedFile",
    "add_evidence",
    "describe_evidence",
    "link_to_criterion",
    "open_evidence_file",
    "read_evidence",
    "read_portfolio",
    "remove_support",
    "support_statement",
    "unlink_criterion",
    "withdraw_evidence",
]
