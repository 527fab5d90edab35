"""Of files that are there: what the trail or a correction says, else when their edition
was begun."""

from collections import defaultdict

import django.utils.timezone
from django.db import migrations, models


def fill(apps, schema_editor):
    files = defaultdict(list)
    corrected = dict(
        apps.get_model("outputs", "Correction")
        .objects.exclude(new_file=None)
        .values_list("new_file", "made_at")
    )
    changed = []
    rows = apps.get_model("outputs", "File").objects.select_related("edition")
    for file in rows.order_by("pk"):
        file.added_at = corrected.get(file.pk, file.edition.created_at)
        changed.append(file)
        if file.pk not in corrected:
            files[file.edition.output_id, file.name].append(file)
    entries = apps.get_model("audit", "Entry").objects.filter(
        action="output.file_added", target_kind="outputs.output"
    )
    moments = defaultdict(list)
    for output, detail, at in entries.order_by("pk").values_list(
        "target_id", "detail", "at"
    ):
        moments[output, detail.get("file")].append(at)
    for key, same in files.items():
        # Files of one name that were taken out again came before those that stayed.
        for file, at in zip(reversed(same), reversed(moments[key]), strict=False):
            file.added_at = at
    rows.model.objects.bulk_update(changed, ["added_at"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("outputs", "0040_search"), ("audit", "0001_initial")]

    operations = [
        migrations.AddField(
            "file",
            "added_at",
            models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
