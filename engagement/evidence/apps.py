from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EvidenceConfig(AppConfig):
    name = "engagement.evidence"

    def ready(self) -> None:
        autodiscover_modules("ties", "evidence_ties")
