from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "kith.chronology"
    verbose_name = "Chronology"
