from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "kith.front_door"
    label = "front_door"
    verbose_name = "Front door"
