from engagement.mail import registry
from engagement.mail.models import Message


def _sent_to(number: int) -> str | None:
    return Message.objects.filter(pk=number).values_list("to", flat=True).first()


registry.add_mails("mail", _sent_to)
