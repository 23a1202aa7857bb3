"""One shape for every refusal the API gives."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

from bilans.errors import DomainError


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Give a domain refusal the ``detail``/``code`` shape of the framework's own."""
    if isinstance(error, DomainError):
        body: dict[str, Any] = {"detail": error.message, "code": error.code}
        if error.field is not None:
            body["field"] = error.field
        return Response(body, status=error.http_status)
    answer = drf_exception_handler(error, context)
    if answer is not None and isinstance(answer.data, dict) and "detail" in answer.data:
        answer.data["code"] = getattr(answer.data["detail"], "code", "refused")
    return answer
