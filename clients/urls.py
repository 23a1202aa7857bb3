from django.urls import include, path

from clients import api, urls_contract
from clients.views import office, portal, steering

app_name = "clients"
urlpatterns = [
    path("", include("clients.urls_contract")),
    path("sprawy/", office.caseload, name="caseload"),
    path("sprawy/nowa/", office.new_case, name="new_case"),
    path("sprawy/<uuid:case_id>/", office.case, name="case"),
    path("sprawy/<uuid:case_id>/historia/", office.history, name="history"),
    path("sprawy/<uuid:case_id>/krok/", steering.step, name="step"),
    path("sprawy/<uuid:case_id>/nastepny-krok/", steering.next_step, name="next_step"),
    path("sprawy/<uuid:case_id>/klient/", steering.client_card, name="client_card"),
    path("sprawy/<uuid:case_id>/osoby/", steering.people, name="people"),
    path("sprawy/<uuid:case_id>/osoby/koniec/", steering.end_part, name="end_part"),
    path("sprawy/<uuid:case_id>/kwalifikacja/", steering.qualification, name="qualification"),
    path("sprawy/<uuid:case_id>/zaproszenie/", steering.invitation, name="invitation"),
    path("moj-bilans/", portal.portal, name="portal"),
    path("moj-bilans/<uuid:case_id>/", portal.portal_case, name="portal_case"),
    path("moj-bilans/<uuid:case_id>/kto-widzial/", portal.portal_looks, name="portal_looks"),
    path("api/v1/sprawy/", api.Cases.as_view(), name="api_cases"),
    path("api/v1/sprawy/<uuid:case_id>/", api.OneCase.as_view(), name="api_case"),
    path("api/v1/sprawy/<uuid:case_id>/kroki/", api.Steps.as_view(), name="api_steps"),
    *urls_contract.urlpatterns,
]
