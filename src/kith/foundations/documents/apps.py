from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kith.foundations.documents"
    label = "documents"
    verbose_name = "Documents"
