from clients.models.assignment import Assignment, CaseUserObjectPermission
from clients.models.base import CaseRecord, ClientRecord
from clients.models.case import Case, NumberSeries
from clients.models.client import Client, ClientIndex
from clients.models.contract import Contract, Signature
from clients.models.document import Delivery, IssuedDocument
from clients.models.draft import Draft
from clients.models.file import StoredFile

__all__ = [
    "Assignment",
    "Case",
    "CaseRecord",
    "CaseUserObjectPermission",
    "Client",
    "ClientIndex",
    "ClientRecord",
    "Contract",
    "Delivery",
    "Draft",
    "IssuedDocument",
    "NumberSeries",
    "Signature",
    "StoredFile",
]
