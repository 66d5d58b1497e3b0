from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "kith.governance"
    verbose_name = "Governance"
