"""Addresses of interviews, STAR records, statements and positions."""

from django.urls import path

from interviews import api
from interviews.views import conversations, desk, portal, statements

app_name = "interviews"

_CASE = "sprawy/<uuid:case_id>"
_INTERVIEW = "sprawy/wywiad/<uuid:interview_id>"
_STAR = "sprawy/star/<uuid:star_id>"
_STATEMENT = "sprawy/stwierdzenie/<uuid:statement_id>"
_PORTAL = "moj-bilans/<uuid:case_id>/stwierdzenia"

urlpatterns = [
    path(f"{_CASE}/wywiady/", conversations.interviews, name="list"),
    path(f"{_CASE}/wywiady/rozpocznij/", conversations.start, name="start"),
    path(f"{_INTERVIEW}/", conversations.interview, name="interview"),
    path(f"{_INTERVIEW}/wroc-do-rozmowy/", conversations.reopen, name="reopen"),
    path(f"{_INTERVIEW}/dodaj-zapis/", conversations.new_star, name="add_star"),
    path(f"{_STAR}/", conversations.star, name="star"),
    path(f"{_STAR}/podpowiedzi/", conversations.star_hints, name="star_hints"),
    path(f"{_STAR}/odloz/", conversations.set_aside, name="set_aside"),
    path(f"{_STAR}/przywroc/", conversations.bring_back, name="restore_star"),
    path(f"{_CASE}/stwierdzenia/", statements.statements, name="statements"),
    path(f"{_CASE}/stwierdzenia/nowe/", statements.new_statement, name="new_statement"),
    path(f"{_CASE}/stwierdzenia/podpowiedzi/", statements.statement_hints, name="statement_hints"),
    path(f"{_CASE}/stwierdzenia/przedstaw/", statements.present, name="present"),
    path(f"{_STATEMENT}/", statements.statement, name="statement"),
    path(f"{_STATEMENT}/wycofaj/", statements.withdraw, name="withdraw"),
    path(f"{_STATEMENT}/przywroc/", statements.take_up, name="restore_statement"),
    path(f"{_STATEMENT}/stanowisko/", desk.desk, name="desk"),
    path(f"{_PORTAL}/", portal.statements, name="portal_statements"),
    path(f"{_PORTAL}/<uuid:statement_id>/", portal.statement, name="portal_statement"),
    path(
        "api/sprawy/<uuid:case_id>/stwierdzenia/",
        api.StatementList.as_view(),
        name="api_statements",
    ),
    path(
        "api/stwierdzenia/<uuid:statement_id>/stanowiska/",
        api.PositionList.as_view(),
        name="api_positions",
    ),
]
