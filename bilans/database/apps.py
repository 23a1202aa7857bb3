from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "bilans.database"
    label = "database"
