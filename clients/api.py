"""The case over the API: the same selectors and the same service as the pages."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bilans.access import require_office
from bilans.accounts.areas import actor_of
from bilans.accounts.permissions import OfficePermission
from clients.selectors.caseload import SHOWN, CaseFilters
from clients.selectors.cases import CasePage, case_page, open_steps
from clients.services import move_case, read_case, read_caseload
from clients.states import RailStage


class ListQuery(serializers.Serializer):
    """Filters of the list; names are searched by POST on the page, never in an address."""

    show = serializers.ChoiceField(choices=SHOWN, default="running")
    stage = serializers.ChoiceField(choices=RailStage.choices, default="", allow_blank=True)
    page = serializers.IntegerField(min_value=1, max_value=99999, default=1)


class StepInput(serializers.Serializer):
    """One step, with its reason and, on hold, its day."""

    step = serializers.CharField(max_length=30, default="", allow_blank=True)
    reason = serializers.CharField(max_length=500, default="", allow_blank=True)
    until = serializers.DateField(default=None, allow_null=True)


class OfficeView(APIView):
    """Asks for the role before any id, and answers alike for the unseen and the missing."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view = super().as_view(**initkwargs)
        # the framework would answer 403 to whoever is not logged in; ours says 401
        view.login_required = True  # type: ignore[attr-defined]
        return view

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require_office(actor_of(request), OfficePermission.SEE_CASELOAD)

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(Http404() if isinstance(exc, ObjectDoesNotExist) else exc)


class Cases(OfficeView):
    """The caller's cases, what is due first; one page of fifty."""

    def get(self, request: Request) -> Response:
        query = ListQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        shown = read_caseload(
            actor=actor_of(request),
            filters=CaseFilters(**query.validated_data),
            today=timezone.localdate(),
        )
        return Response(
            {
                "count": shown.total,
                "page": shown.page,
                "pages": shown.pages,
                "results": [
                    {
                        "id": str(row.id),
                        "number": row.number,
                        "stage": row.state,
                        "due_on": row.due_on,
                        "overdue": row.is_late,
                    }
                    for row in shown.rows
                ],
            }
        )


class OneCase(OfficeView):
    """One case and the steps open from here."""

    def get(self, request: Request, case_id: UUID) -> Response:
        return Response(_described(read_case(actor=actor_of(request), case_id=case_id)))


class Steps(OfficeView):
    """Take one step of the case."""

    def post(self, request: Request, case_id: UUID) -> Response:
        typed = StepInput(data=request.data)
        typed.is_valid(raise_exception=True)
        move_case(actor=actor_of(request), case_id=case_id, **typed.validated_data)
        return Response(_described(case_page(actor=actor_of(request), case_id=case_id)))


def _described(page: CasePage) -> dict[str, Any]:
    case = page.case
    return {
        "id": str(case.pk),
        "number": case.number,
        "stage": case.state,
        "due_on": case.due_on,
        "open_steps": [
            {
                "step": each.step.name,
                "label": str(each.step.label),
                "missing": [
                    {"code": refusal.code, "detail": refusal.message} for refusal in each.missing
                ],
            }
            for each in open_steps(page)
        ],
    }
