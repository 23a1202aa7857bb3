"""One shape for every refusal the API gives."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
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


class TooLarge(APIException):
    """More was sent than any form of ours holds."""

    status_code = 413
    default_detail = _("This is too much at once. Send it in parts.")
    default_code = "too_large"


class StrictJSONParser(BaseParser):
    """Reads JSON and nothing that merely looks like it: no half characters, no endless nesting."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what was sent.

        Raises:
            TooLarge: the limit of a form, which the framework's parsers do not ask for.
            ParseError: it is no JSON.
        """
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        sent = stream.read(limit + 1)
        if len(sent) > limit:
            raise TooLarge
        try:
            return orjson.loads(sent)
        except orjson.JSONDecodeError as error:
            raise ParseError from error
