from django.urls import path

from clients.views import contract, contract_portal, documents, drafts

_CASE = "sprawy/<uuid:case_id>"
_MINE = "moj-bilans/<uuid:case_id>"
_PDF = {"rendering": "pdf"}
_WORD = {"rendering": "docx"}

urlpatterns = [
    path(f"{_CASE}/kontrakt/", contract.contract, name="contract"),
    path(f"{_CASE}/kontrakt/podglad/", contract.preview, name="contract_preview"),
    path(f"{_CASE}/kontrakt/do-poprawy/", contract.reopen, name="contract_reopen"),
    path(f"{_CASE}/kontrakt/zmiana/", contract.amend, name="contract_amend"),
    path(f"{_CASE}/kontrakt/na-papierze/", contract.paper, name="contract_paper"),
    path(
        f"{_CASE}/kontrakt/<uuid:contract_id>/skan/", contract.scan, name="contract_scan"
    ),
    path(f"{_CASE}/dokumenty/", documents.documents, name="documents"),
    path(f"{_CASE}/dokumenty/<uuid:document_id>/", documents.document, name="document"),
    path(
        f"{_CASE}/dokumenty/<uuid:document_id>/pdf/", documents.document_file, _PDF,
        name="document_pdf",
    ),
    path(
        f"{_CASE}/dokumenty/<uuid:document_id>/word/", documents.document_file, _WORD,
        name="document_word",
    ),
    path(
        f"{_CASE}/dokumenty/<uuid:document_id>/wydanie/", documents.deliver,
        name="document_deliver",
    ),
    path(f"{_MINE}/kontrakt/", contract_portal.contract, name="portal_contract"),
    path(f"{_MINE}/kontrakt/podpis/", contract_portal.sign, name="portal_contract_sign"),
    path(f"{_MINE}/kontrakt/zmiana/", contract_portal.change, name="portal_contract_change"),
    path(f"{_MINE}/dokumenty/", documents.portal_documents, name="portal_documents"),
    path(
        f"{_MINE}/dokumenty/<uuid:document_id>/", documents.portal_document,
        name="portal_document",
    ),
    path(
        f"{_MINE}/dokumenty/<uuid:document_id>/pdf/", documents.portal_document_file, _PDF,
        name="portal_document_pdf",
    ),
    path(
        f"{_MINE}/dokumenty/<uuid:document_id>/word/", documents.portal_document_file, _WORD,
        name="portal_document_word",
    ),
    path(
        f"{_MINE}/dokumenty/<uuid:document_id>/odbior/", documents.confirm,
        name="portal_document_confirm",
    ),
    path("szkice/", drafts.draft, name="draft"),
    path("szkice/odrzuc/", drafts.discard, name="draft_discard"),
]  # fmt: skip
