from django.urls import path

from bilans.ui import views

app_name = "ui"
urlpatterns = [
    path("jezyk/", views.language, name="language"),
    path("sesja/", views.keep_alive, name="keep-alive"),
    path("dostepnosc/", views.accessibility, name="accessibility"),
    path("prywatnosc/", views.privacy, name="privacy"),
]
