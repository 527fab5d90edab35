import uuid

from django.db import migrations


def fill(apps, schema_editor):
    """Each event has a UID of its own; who had cancelled is in that state."""
    event = apps.get_model("events", "Event")
    for pk in event.objects.filter(uid=None).values_list("pk", flat=True):
        event.objects.filter(pk=pk).update(uid=uuid.uuid4())
    registration = apps.get_model("events", "Registration")
    cancelled = registration.objects.filter(cancelled_at__isnull=False)
    cancelled.update(state="cancelled")


class Migration(migrations.Migration):
    dependencies = [("events", "0002_places")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
