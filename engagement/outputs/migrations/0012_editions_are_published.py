"""What stood on the page of a published output was public: its editions are."""

from django.db import migrations
from django.utils import timezone


def publish(apps, schema_editor):
    edition = apps.get_model("outputs", "Edition")
    published = edition.objects.filter(output__status="published")
    for row in published.select_related("output"):
        row.published_at = row.output.published_at or timezone.now()
        row.save(update_fields=["published_at"])


class Migration(migrations.Migration):
    dependencies = [("outputs", "0011_catalogue")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
