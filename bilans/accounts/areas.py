"""The three parts of the service, and who may set foot in each.

The role is asked before any id is looked at: whoever has no business in an area learns
nothing about what is in it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from bilans.access import require_office
from bilans.accounts.models import User
from bilans.accounts.permissions import OfficePermission

View = Callable[..., HttpResponseBase]


def actor_of(request: HttpRequest) -> User:
    """Return who is logged in; the frame of the request let nobody else through."""
    if not isinstance(request.user, User):
        raise TypeError("this view needs somebody logged in")
    return request.user


def area(permission: str) -> Callable[[View], View]:
    """Make a decorator that lets in whoever's role in the office includes the permission.

    The refusal is ``NotPermitted``, which the frame of the request answers with 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require_office(actor_of(request), permission)
            return view(request, *args, **kwargs)

        return guarded

    return guard


office_area = area(OfficePermission.SEE_CASELOAD)
portal_area = area(OfficePermission.USE_PORTAL)
committee_area = area(OfficePermission.SIT_ON_COMMITTEE)
people_area = area(OfficePermission.INVITE_STAFF)
