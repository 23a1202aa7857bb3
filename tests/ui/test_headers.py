"""Each kind of answer carries one exact set of headers."""

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from bilans.ui.answers import as_file
from bilans.ui.middleware import FetchMetadataMiddleware, SecurityHeadersMiddleware

EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
        "encrypted-media=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
        "midi=(), payment=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
PAGE = EVERYWHERE | {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
        "require-trusted-types-for 'script'; trusted-types default"
    ),
}
FILE = EVERYWHERE | {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
STATIC = EVERYWHERE | {
    "Cache-Control": "max-age=60, public",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


def answered(response: HttpResponse, path: str = "/") -> dict[str, str]:
    middleware = SecurityHeadersMiddleware(lambda request: response)
    headers = dict(middleware(RequestFactory().get(path)).headers)
    headers.pop("Content-Type")
    return headers


def test_a_page():
    assert answered(HttpResponse("page")) == PAGE


def test_a_file_of_somebody_is_sandboxed():
    response = as_file(FileResponse([b"%PDF-"], content_type="application/pdf"))

    assert answered(response) == FILE


def test_a_static_file_keeps_its_own_caching():
    response = HttpResponse(headers={"Cache-Control": "max-age=60, public"})

    assert answered(response, "/static/bilans/css/base.css") == STATIC


def test_a_view_cannot_loosen_a_header():
    response = HttpResponse(headers={"Cache-Control": "public", "X-Frame-Options": "SAMEORIGIN"})

    assert answered(response) == PAGE


@pytest.mark.django_db
def test_the_whole_site_sends_them(client):
    response = client.get("/dostepnosc/")

    assert PAGE.items() <= dict(response.headers).items()


@pytest.mark.parametrize(
    ("method", "site", "status"),
    [
        ("POST", "cross-site", 403),
        ("POST", "same-site", 403),
        ("DELETE", "cross-site", 403),
        ("POST", "same-origin", 200),
        ("POST", "none", 200),
        ("POST", None, 200),
        ("GET", "cross-site", 200),
    ],
)
def test_a_change_sent_by_another_site_is_refused(method, site, status):
    headers = {"Sec-Fetch-Site": site} if site else {}
    request = RequestFactory().generic(method, "/", headers=headers)

    response = FetchMetadataMiddleware(lambda request: HttpResponse("done"))(request)

    assert response.status_code == status


def test_a_script_is_refused_in_json():
    request = RequestFactory().post(
        "/", headers={"Sec-Fetch-Site": "cross-site", "Accept": "application/json"}
    )

    response = FetchMetadataMiddleware(lambda request: HttpResponse("done"))(request)

    assert (response.status_code, response["Content-Type"]) == (403, "application/json")
    assert b'"code": "foreign_site"' in response.content
