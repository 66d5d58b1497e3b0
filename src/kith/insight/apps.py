from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "kith.insight"
    verbose_name = "Insight"
