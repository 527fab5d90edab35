from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "engagement.core"

    def ready(self) -> None:
        import_module("engagement.core.checks")
        autodiscover_modules("privacy", "sitemap")
