from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    name = "kith.subjects"
    verbose_name = "Subjects"
