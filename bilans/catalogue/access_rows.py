"""Who gets what at the catalogue's doors: all staff, no client; it knows no case."""

from bilans.doors import LOGIN, Door

ROWS = (
    Door("GET", "catalogue:browse", LOGIN, 200, 200, 200, 200, 403, 403, 200),
    Door("POST", "catalogue:browse", LOGIN, 200, 200, 200, 200, 403, 403, 200),
    Door("GET", "catalogue:version", LOGIN, 200, 200, 200, 200, 403, 403, 200),
)
