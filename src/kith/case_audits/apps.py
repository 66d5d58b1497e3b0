from django.apps import AppConfig


class CaseAuditsConfig(AppConfig):
    name = "kith.case_audits"
    verbose_name = "Case audits"
