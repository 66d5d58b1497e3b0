from django.apps import AppConfig


class MomentsConfig(AppConfig):
    name = "kith.moments"
    verbose_name = "Critical moments"
