from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kith.foundations.notices"
    label = "notices"
    verbose_name = "Notices"
