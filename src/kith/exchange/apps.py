from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "kith.exchange"
    verbose_name = "Exchange"
