from django.apps import AppConfig


class PrivateLinksConfig(AppConfig):
    name = "kith.foundations.private_links"
    label = "private_links"
    verbose_name = "Private links"
