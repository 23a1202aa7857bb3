"""Who gets what at the doors of evidence."""

from bilans.doors import LOGIN, Door

# fmt: off
ROWS = (
    # visitor, stranger, outsider, advisor, supervisor, client, other client, committee
    Door("GET",  "portfolio:evidence_list",        LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "portfolio:evidence_list",        401,   404, 404, 422, 403, 403, 403, 403),
    Door("GET",  "portfolio:evidence",             LOGIN, 404, 404, 200, 404, 403, 403, 403),
    Door("POST", "portfolio:evidence",             401,   404, 404, 422, 404, 403, 403, 403),
    Door("GET",  "portfolio:file",                 LOGIN, 404, 404, 200, 404, 403, 403, 403),
    Door("POST", "portfolio:withdraw",             401,   404, 404, 302, 404, 403, 403, 403),
    Door("GET",  "portfolio:portal_evidence_list", LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("POST", "portfolio:portal_evidence_list", 401,   403, 403, 403, 403, 422, 404, 403),
    Door("GET",  "portfolio:portal_evidence",      LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("POST", "portfolio:portal_evidence",      401,   403, 403, 403, 403, 422, 404, 403),
    Door("GET",  "portfolio:portal_file",          LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("POST", "portfolio:portal_withdraw",      401,   403, 403, 403, 403, 302, 404, 403),
    Door("GET",  "portfolio:committee",            LOGIN, 403, 403, 403, 403, 403, 403, 200),
)
# fmt: on
