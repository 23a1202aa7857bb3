from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "bilans.catalogue"
    label = "catalogue"
