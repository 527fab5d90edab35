from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutputsConfig(AppConfig):
    name = "engagement.outputs"

    def ready(self) -> None:
        autodiscover_modules("companions")
