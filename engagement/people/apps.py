from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "engagement.people"

    def ready(self) -> None:
        autodiscover_modules("history", "audiences", "successions", "retention")
