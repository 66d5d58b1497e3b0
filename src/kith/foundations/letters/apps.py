from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "kith.foundations.letters"
    label = "letters"
    verbose_name = "Letters"
