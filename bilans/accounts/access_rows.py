"""Who gets what at the doors of this app."""

from bilans.doors import LOGIN, Door

# visitor, stranger, outsider, advisor, supervisor, client, other client, committee
ROWS = (
    Door("GET", "accounts:start", LOGIN, 302, 302, 302, 302, 302, 302, 302),
    Door("GET", "accounts:login", 200, 302, 302, 302, 302, 302, 302, 302),
    Door("POST", "accounts:login", 422, 422, 422, 422, 422, 422, 422, 422),
    Door("POST", "accounts:logout", 302, 302, 302, 302, 302, 302, 302, 302),
    Door("GET", "accounts:invitation", 200, 200, 200, 200, 200, 200, 200, 200),
    Door("POST", "accounts:invitation", 422, 422, 422, 422, 422, 422, 422, 422),
    Door("GET", "accounts:people", LOGIN, 403, 403, 403, 200, 403, 403, 403),
    Door("POST", "accounts:people", LOGIN, 403, 403, 403, 422, 403, 403, 403),
    Door("POST", "accounts:end-membership", LOGIN, 403, 403, 403, 302, 403, 403, 403),
    Door("POST", "accounts:withdraw-invitation", LOGIN, 403, 403, 403, 302, 403, 403, 403),
)
