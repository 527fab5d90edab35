from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class StudiesConfig(AppConfig):
    name = "engagement.studies"

    def ready(self) -> None:
        autodiscover_modules("documents", "report_sections", "checklist")
