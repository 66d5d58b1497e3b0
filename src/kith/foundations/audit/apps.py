from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kith.foundations.audit"
    label = "audit"
    verbose_name = "Audit"
