"""Who gets what at the doors of clients and cases."""

from bilans.doors import LOGIN, Door
from clients.contract_access_rows import ROWS as CONTRACT_ROWS

# visitor, stranger, outsider, advisor, supervisor, client, other client, committee
ROWS = (
    Door("GET", "clients:caseload", LOGIN, 200, 200, 200, 200, 403, 403, 403),
    Door("POST", "clients:caseload", LOGIN, 200, 200, 200, 200, 403, 403, 403),
    Door("GET", "clients:new_case", LOGIN, 200, 200, 200, 403, 403, 403, 403),
    Door("POST", "clients:new_case", LOGIN, 422, 422, 422, 403, 403, 403, 403),
    Door("GET", "clients:case", LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("GET", "clients:history", LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("GET", "clients:step", LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "clients:step", LOGIN, 404, 404, 422, 403, 403, 403, 403),
    Door("GET", "clients:next_step", LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "clients:next_step", LOGIN, 404, 404, 409, 403, 403, 403, 403),
    Door("GET", "clients:client_card", LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "clients:client_card", LOGIN, 404, 404, 422, 403, 403, 403, 403),
    Door("GET", "clients:people", LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "clients:people", LOGIN, 404, 404, 422, 403, 403, 403, 403),
    Door("POST", "clients:end_part", LOGIN, 404, 404, 422, 403, 403, 403, 403),
    Door("GET", "clients:qualification", LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "clients:qualification", LOGIN, 404, 404, 422, 403, 403, 403, 403),
    Door("GET", "clients:invitation", LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "clients:invitation", LOGIN, 404, 404, 409, 403, 403, 403, 403),
    Door("GET", "clients:portal", LOGIN, 403, 403, 403, 403, 302, 302, 403),
    Door("GET", "clients:portal_case", LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("GET", "clients:portal_looks", LOGIN, 403, 403, 403, 403, 200, 404, 403),
    Door("GET", "clients:api_cases", LOGIN, 200, 200, 200, 200, 403, 403, 403),
    Door("GET", "clients:api_case", LOGIN, 404, 404, 200, 200, 403, 403, 403),
    Door("POST", "clients:api_steps", LOGIN, 404, 404, 422, 403, 403, 403, 403),
    *CONTRACT_ROWS,
)
