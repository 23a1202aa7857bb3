"""The API of statements: the same services, the same refusals as the pages."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bilans.accounts.areas import actor_of
from clients.api import OfficeView
from clients.selectors.cases import case_page
from interviews.services import (
    StatementContent,
    make_statement,
    read_positions,
    read_statements,
)
from interviews.states import Category


class PositionOutput(serializers.Serializer):
    """A position as it was said; there is no way in here to change one."""

    wording = serializers.IntegerField()
    stance = serializers.CharField()
    words = serializers.CharField()
    typed_by = serializers.CharField()
    read_back = serializers.BooleanField()
    recorded_at = serializers.DateTimeField()


class StatementOutput(serializers.Serializer):
    """A statement with its sources, its criteria and the newest position on its wording."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    text = serializers.CharField()
    category = serializers.CharField()
    state = serializers.CharField()
    status = serializers.CharField()
    wording = serializers.IntegerField()
    sources = serializers.SerializerMethodField()
    criteria = serializers.SerializerMethodField()
    position = PositionOutput(allow_null=True)

    def get_sources(self, view: Any) -> list[dict[str, Any]]:
        return [
            {"id": str(star.id), "number": star.number, "complete": star.is_complete}
            for star in view.sources
        ]

    def get_criteria(self, view: Any) -> list[dict[str, str]]:
        return [{"id": str(each.id), "label": each.label} for each in view.criteria]


class StatementInput(serializers.Serializer):
    """What a new statement takes; that it needs a source is the service's to say."""

    text = serializers.CharField(max_length=500, allow_blank=True)
    category = serializers.ChoiceField(
        choices=Category.choices, required=False, allow_blank=True, default=""
    )
    sources = serializers.ListField(child=serializers.UUIDField(), required=False, default=list)
    criteria = serializers.ListField(child=serializers.UUIDField(), required=False, default=list)


class StatementList(OfficeView):
    """The statements of a case: read them, word a new one."""

    def get(self, request: Request, case_id: UUID) -> Response:
        page = read_statements(actor=actor_of(request), case_id=case_id)
        return Response(StatementOutput(page.statements, many=True).data)

    def post(self, request: Request, case_id: UUID) -> Response:
        case_page(actor=actor_of(request), case_id=case_id)
        payload = StatementInput(data=request.data)
        payload.is_valid(raise_exception=True)
        typed = payload.validated_data
        made = make_statement(
            actor=actor_of(request),
            case_id=case_id,
            content=StatementContent(
                text=typed["text"],
                category=typed["category"],
                star_ids=tuple(typed["sources"]),
                criterion_ids=tuple(typed["criteria"]),
            ),
        )
        return Response({"id": str(made.pk), "number": made.number}, status=201)


class PositionList(OfficeView):
    """Everything the client has said to a statement, oldest first; read only."""

    def get(self, request: Request, statement_id: UUID) -> Response:
        positions = read_positions(actor=actor_of(request), statement_id=statement_id)
        return Response(PositionOutput(positions, many=True).data)
