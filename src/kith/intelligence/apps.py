from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    name = "kith.intelligence"
    verbose_name = "Intelligence"
