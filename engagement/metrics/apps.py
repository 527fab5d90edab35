from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MetricsConfig(AppConfig):
    name = "engagement.metrics"

    def ready(self) -> None:
        autodiscover_modules("metrics", "items")
