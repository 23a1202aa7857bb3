from django.urls import path

from reports.views import office

app_name = "reports"
urlpatterns = [
    path("sprawy/<uuid:case_id>/raport/", office.final_report, name="final"),
    path("sprawy/<uuid:case_id>/raport/podglad/", office.preview, name="preview"),
    path("sprawy/<uuid:case_id>/raport/wydaj/", office.issue, name="issue"),
]
