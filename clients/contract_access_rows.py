"""Who gets what at the doors of contracts, documents and drafts."""

from bilans.doors import LOGIN, Door

# visitor, stranger, outsider, advisor, supervisor, client, other client, committee
ROWS = (
    Door("GET", "clients:contract", LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("POST", "clients:contract", LOGIN, 404, 404, 422, 403, 403, 403, 403),
    Door("GET", "clients:contract_preview", LOGIN, 404, 404, 404, 403, 403, 403, 403),
    Door("POST", "clients:contract_reopen", LOGIN, 404, 404, 409, 403, 403, 403, 403),
    Door("POST", "clients:contract_amend", LOGIN, 404, 404, 302, 403, 403, 403, 403),
    Door("GET", "clients:contract_paper", LOGIN, 404, 404, 302, 302, 403, 403, 403),
    Door("POST", "clients:contract_paper", LOGIN, 404, 404, 422, 403, 403, 403, 403),
    Door("GET", "clients:contract_scan", LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("GET", "clients:documents", LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("GET", "clients:document", LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("GET", "clients:document_pdf", LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("GET", "clients:document_word", LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("POST", "clients:document_deliver", LOGIN, 404, 404, 302, 403, 403, 403, 403),
    Door("GET", "clients:portal_contract", LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("POST", "clients:portal_contract_sign", LOGIN, 403, 403, 403, 403, 422, 404, 403),
    Door("POST", "clients:portal_contract_change", LOGIN, 403, 403, 403, 403, 422, 404, 403),
    Door("GET", "clients:portal_documents", LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("GET", "clients:portal_document", LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("GET", "clients:portal_document_pdf", LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("GET", "clients:portal_document_word", LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("POST", "clients:portal_document_confirm", LOGIN, 403, 403, 403, 403, 409, 404, 403),
    # one address for everybody who types: what may be typed where is told by the sent form
    Door("POST", "clients:draft", LOGIN, 422, 422, 422, 422, 422, 422, 422),
    Door("POST", "clients:draft_discard", LOGIN, 302, 302, 302, 302, 302, 302, 302),
)
