from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "kith.doors"
    label = "doors"
    verbose_name = "Doors"
