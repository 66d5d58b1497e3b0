from django.apps import AppConfig


class MissingConfig(AppConfig):
    name = "kith.missing"
    verbose_name = "Missing children"
