from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "kith.pathways"
    label = "pathways"
    verbose_name = "Pathways"
