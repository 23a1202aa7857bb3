"""Who gets what at the doors of interviews, statements and positions."""

from bilans.doors import LOGIN, Door

# fmt: off
ROWS = (
    # method, route, visitor, stranger, outsider, advisor, supervisor, client, other, committee
    Door("GET",  "interviews:list",              LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("POST", "interviews:start",             401,   404, 404, 422, 403, 403, 403, 403),
    Door("GET",  "interviews:interview",         LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "interviews:interview",         401,   404, 404, 409, 403, 403, 403, 403),
    Door("POST", "interviews:reopen",            401,   404, 404, 302, 403, 403, 403, 403),
    Door("POST", "interviews:add_star",          401,   404, 404, 422, 403, 403, 403, 403),
    Door("GET",  "interviews:star",              LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("POST", "interviews:star",              401,   404, 404, 422, 403, 403, 403, 403),
    Door("POST", "interviews:star_hints",        401,   404, 404, 200, 200, 403, 403, 403),
    Door("POST", "interviews:set_aside",         401,   404, 404, 409, 403, 403, 403, 403),
    Door("POST", "interviews:restore_star",      401,   404, 404, 302, 403, 403, 403, 403),
    Door("GET",  "interviews:statements",        LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("GET",  "interviews:new_statement",     LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "interviews:new_statement",     401,   404, 404, 422, 403, 403, 403, 403),
    Door("POST", "interviews:statement_hints",   401,   404, 404, 200, 200, 403, 403, 403),
    Door("POST", "interviews:present",           401,   404, 404, 409, 403, 403, 403, 403),
    Door("GET",  "interviews:statement",         LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("POST", "interviews:statement",         401,   404, 404, 422, 403, 403, 403, 403),
    Door("POST", "interviews:withdraw",          401,   404, 404, 422, 403, 403, 403, 403),
    Door("POST", "interviews:restore_statement", 401,   404, 404, 302, 403, 403, 403, 403),
    Door("GET",  "interviews:desk",              LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("POST", "interviews:desk",              401,   404, 404, 422, 403, 403, 403, 403),
    Door("GET",  "interviews:portal_statements", LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("GET",  "interviews:portal_statement",  LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("POST", "interviews:portal_statement",  401,   403, 403, 403, 403, 422, 404, 403),
    Door("GET",  "interviews:api_statements",    401,   404, 404, 200, 200, 403, 403, 403),
    Door("POST", "interviews:api_statements",    401,   404, 404, 400, 400, 403, 403, 403),
    Door("GET",  "interviews:api_positions",     401,   404, 404, 200, 200, 403, 403, 403),
)
# fmt: on
