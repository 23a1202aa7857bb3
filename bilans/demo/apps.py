from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "bilans.demo"
    label = "demo"
