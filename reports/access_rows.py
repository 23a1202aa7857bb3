"""Who gets what at the doors of reports."""

from bilans.doors import LOGIN, Door

# fmt: off
ROWS = (
    # visitor, stranger, outsider, advisor, supervisor, client, other client, committee
    Door("GET",  "reports:final",   LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "reports:final",   401,   404, 404, 409, 403, 403, 403, 403),
    Door("GET",  "reports:preview", LOGIN, 404, 404, 200, 403, 403, 403, 403),
    Door("POST", "reports:issue",   401,   404, 404, 302, 403, 403, 403, 403),
)
# fmt: on
