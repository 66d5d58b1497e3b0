from django.apps import AppConfig


class ContextsConfig(AppConfig):
    name = "kith.contexts"
    verbose_name = "Contexts weighed and changed"
