from django.apps import AppConfig


class KithConfig(AppConfig):
    """Starts what follows from what, once every room is there."""

    name = "kith.config"
    label = "config"
    verbose_name = "Kith"

    def ready(self) -> None:
        from kith.config.reactions import start  # noqa: PLC0415 - after every app is loaded

        start()
