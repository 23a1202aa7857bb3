"""The web server keeps what people send and read in memory: its spill files would be in clear."""

from django.conf import settings

from bilans.demo.management.commands.serve import WAITRESS


def test_a_body_that_is_accepted_never_spills_to_disk() -> None:
    assert WAITRESS["max_request_body_size"] > settings.BILANS_UPLOAD_LIMIT
    assert WAITRESS["max_request_body_size"] < WAITRESS["inbuf_overflow"]


def test_an_answer_never_spills_to_disk() -> None:
    high_watermark = 16 * 1024 * 1024  # waitress' own: above it the application waits
    assert high_watermark + WAITRESS["max_request_body_size"] < WAITRESS["outbuf_overflow"]


def test_the_server_says_nothing_about_itself() -> None:
    assert WAITRESS["ident"] is None
    assert WAITRESS["expose_tracebacks"] is False
