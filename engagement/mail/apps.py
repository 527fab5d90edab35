from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MailConfig(AppConfig):
    name = "engagement.mail"

    def ready(self) -> None:
        # The one listens to Anymail's signal, the other to Django's checks.
        from engagement.mail import checks, webhooks  # noqa: F401

        autodiscover_modules("inbound", "senders")
