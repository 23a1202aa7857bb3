"""Who gets what at the doors of this app."""

from bilans.doors import LOGIN, Door

# visitor, stranger, outsider, advisor, supervisor, client, other client, committee
ROWS = (
    Door("POST", "ui:language", 302, 302, 302, 302, 302, 302, 302, 302),
    Door("POST", "ui:keep-alive", LOGIN, 204, 204, 204, 204, 204, 204, 204),
    Door("GET", "ui:accessibility", 200, 200, 200, 200, 200, 200, 200, 200),
    Door("GET", "ui:privacy", 200, 200, 200, 200, 200, 200, 200, 200),
)
