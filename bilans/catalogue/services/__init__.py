"""The only writers of the catalogue; all of them act for the operator."""

from bilans.catalogue.services.importing import Imported, import_document
from bilans.catalogue.services.publishing import publish_version, withdraw_version
from bilans.catalogue.services.samples import import_folder, load_sample

__all__ = [
    "Imported",
    "import_document",
    "import_folder",
    "load_sample",
    "publish_version",
    "withdraw_version",
]
