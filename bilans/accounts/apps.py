from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bilans.accounts"
    label = "accounts"
