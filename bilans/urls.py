"""Every address of the service: Polish words in ASCII, English route names."""

from django.urls import include, path

urlpatterns = [
    path("", include("bilans.ui.urls")),
    path("", include("bilans.accounts.urls")),
    path("", include("bilans.catalogue.urls")),
    path("", include("clients.urls")),
    path("", include("interviews.urls")),
    path("", include("portfolio.urls")),
    path("", include("reports.urls")),
]

handler400 = "bilans.ui.views.bad_request"
handler403 = "bilans.ui.views.permission_denied"
handler404 = "bilans.ui.views.not_found"
handler500 = "bilans.ui.views.server_error"
