from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "bilans.ui"
    label = "ui"
