from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "kith.foundations.access"
    label = "access"
    verbose_name = "Access"
