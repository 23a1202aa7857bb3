from django.urls import path

from bilans.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("katalog/", views.browse, name="browse"),
    path("katalog/<uuid:version_id>/", views.version, name="version"),
]
