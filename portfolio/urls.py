from django.urls import path

from portfolio.views import committee, office, portal

app_name = "portfolio"
OFFICE = "sprawy/<uuid:case_id>/dowody/"
PORTAL = "moj-bilans/<uuid:case_id>/dowody/"
ONE = "<uuid:evidence_id>/"

urlpatterns = [
    path(OFFICE, office.evidence_list, name="evidence_list"),
    path(OFFICE + ONE, office.evidence, name="evidence"),
    path(OFFICE + ONE + "plik/", office.file, name="file"),
    path(OFFICE + ONE + "wycofaj/", office.withdraw, name="withdraw"),
    path(PORTAL, portal.evidence_list, name="portal_evidence_list"),
    path(PORTAL + ONE, portal.evidence, name="portal_evidence"),
    path(PORTAL + ONE + "plik/", portal.file, name="portal_file"),
    path(PORTAL + ONE + "wycofaj/", portal.withdraw, name="portal_withdraw"),
    path("komisja/", committee.released, name="committee"),
]
