from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "kith.linkage"
    verbose_name = "Linkage"
