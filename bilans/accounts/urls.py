from django.urls import path

from bilans.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.start, name="start"),
    path("logowanie/", views.login, name="login"),
    path("wyloguj/", views.logout, name="logout"),
    path("zaproszenie/<str:token>/", views.invitation, name="invitation"),
    path("biuro/ludzie/", views.people, name="people"),
    path("biuro/ludzie/<uuid:membership_id>/koniec/", views.end_membership, name="end-membership"),
    path(
        "biuro/ludzie/zaproszenia/<uuid:invitation_id>/wycofanie/",
        views.withdraw_invitation,
        name="withdraw-invitation",
    ),
]
