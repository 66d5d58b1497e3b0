from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "kith.foundations.drafts"
    label = "drafts"
    verbose_name = "Drafts"
