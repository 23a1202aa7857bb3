"""Headers that every answer carries, and the refusal of requests other sites send."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bilans.ui.answers import is_file
from bilans.ui.views import foreign_request

GetResponse = Callable[[HttpRequest], HttpResponse]

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    )
)
FILE_POLICY = "sandbox; default-src 'none'"

# Passkeys (publickey-credentials-*) stay allowed, so they are not listed.
SWITCHED_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in SWITCHED_OFF),
    # not no-referrer: browsers then send "Origin: null" with our own forms, which CSRF refuses
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
PAGE_HEADERS = {
    **ISOLATION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": PAGE_POLICY,
}
FILE_HEADERS = {
    **ISOLATION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": FILE_POLICY,
}
STATIC_HEADERS = {**ISOLATION, "Content-Security-Policy": FILE_POLICY}


class SecurityHeadersMiddleware:
    """Put one of three exact sets of headers on an answer: page, file or static.

    HSTS is Django's own (``SecurityMiddleware``), because only the operator knows
    whether TLS stands in front.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for header, value in self.headers_for(request, response).items():
            response.headers[header] = value
        return response

    @staticmethod
    def headers_for(request: HttpRequest, response: HttpResponse) -> dict[str, str]:
        if request.path.startswith(settings.STATIC_URL):
            return STATIC_HEADERS
        return FILE_HEADERS if is_file(response) else PAGE_HEADERS


class FetchMetadataMiddleware:
    """Refuse a changing request that the browser says another site has sent.

    An old browser sends no ``Sec-Fetch-Site``; the CSRF token then guards alone.
    """

    safe_methods = frozenset({"GET", "HEAD", "OPTIONS"})
    own_sites = frozenset({"same-origin", "none"})

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site = request.headers.get("Sec-Fetch-Site", "none")
        if request.method not in self.safe_methods and site not in self.own_sites:
            return foreign_request(request)
        return self.get_response(request)
