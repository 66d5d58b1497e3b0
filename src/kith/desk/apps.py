from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "kith.desk"
    verbose_name = "Desk"
