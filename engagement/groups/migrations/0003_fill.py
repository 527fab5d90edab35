from collections import Counter

from django.db import migrations

CODES = {
    "steering": "SG",
    "project_board": "PB",
    "advisory": "AG",
    "dissemination": "DG",
    "working": "WG",
    "senior_forum": "SF",
    "expert": "EG",
    "proposed": "G",
}


def fill(apps, schema_editor):
    """Letters for each group, and numbers for what was decided so far."""
    for group in apps.get_model("groups", "Group").objects.all():
        group.code = CODES[group.kind]
        group.save(update_fields=["code"])
    numbers = Counter()
    decisions = apps.get_model("groups", "Decision").objects.order_by("pk")
    for decision in decisions.select_related("meeting__event"):
        begun = decision.meeting.event.starts_at or decision.recorded_at
        decision.group_id, decision.year = decision.meeting.group_id, begun.year
        numbers[decision.group_id, decision.year] += 1
        decision.number = numbers[decision.group_id, decision.year]
        decision.save(update_fields=["group", "year", "number"])


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_work")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
