from django.apps import AppConfig


class CryptoConfig(AppConfig):
    name = "bilans.crypto"
    label = "crypto"
