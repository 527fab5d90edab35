from django.db import migrations
from django.db.models import Min

# What the stages that the 2011 report words in its own way are called now.
STAGES = {
    "Informed thinking": "informed",
    "Policy statement": "decision",
    "Decision": "decision",
    "Practice": "practice",
    "Possible": "potential",
    "Planned": "potential",
    "Potential": "potential",
}
# Old type of use: first type, second type, stage. What was only intended, or possible,
# was no type but a stage.
TYPES = {
    "mixed": ("instrumental", "conceptual", ""),
    "intended": ("", "", "potential"),
    "potential": ("", "", "potential"),
    "unknown": ("", "", ""),
}
NOT_STATED = {"user_en": "Not stated", "user_cy": "Heb ei nodi"}


def fill(apps, schema_editor):
    use = apps.get_model("evidence", "EvidenceOfUse")
    first = _first_entries(apps)
    for row in use.objects.all():
        first_type, second, stage = TYPES.get(row.use_type, (row.use_type, "", ""))
        row.use_type, row.also_type = first_type, second
        row.stage = stage or STAGES.get(row.stage_en, "")
        row.recorded_at = first.get(row.pk, row.recorded_at)
        _settle(apps, row)
        row.save()
    _turn(apps)


def _first_entries(apps):
    """When each was put on record, as the audit trail says."""
    rows = apps.get_model("audit", "Entry").objects.filter(
        target_kind="evidence.evidenceofuse",
        action__in=["evidence.recorded", "record.added"],
    )
    found = rows.order_by().values("target_id").annotate(at=Min("at"))
    return {row["target_id"]: row["at"] for row in found}


def _settle(apps, row):
    """What the report prints is public already, on its word. Of the rest nobody has been
    asked, so that staff publish it when they have; made-up rows need no asking."""
    if row.source or row.is_synthetic:
        row.consent = "in_print" if row.source else "given"
        row.published_at = row.recorded_at
    title_en = row.source_kind_en or "What we were told"
    title_cy = row.source_kind_cy or "Yr hyn a ddywedwyd wrthym"
    document = bool(row.source) and title_en in {"Document review", "Study documents"}
    apps.get_model("evidence", "Source").objects.create(
        use=row,
        kind="document" if document else "account",
        title_en=title_en,
        title_cy=title_cy,
        source=row.source,
        is_synthetic=row.is_synthetic,
    )
    row.confidence = "documented" if document else "reported"


def _turn(apps):
    """Where research was not used becomes an entry beside those where it was."""
    use = apps.get_model("evidence", "EvidenceOfUse")
    for old in apps.get_model("evidence", "Finding").objects.filter(kind="non_use"):
        row = use(
            kind="non_use",
            study_id=old.study_id,
            slug=old.slug,
            description_en=old.text_en,
            description_cy=old.text_cy,
            source=old.source,
            is_synthetic=old.is_synthetic,
            **NOT_STATED,
        )
        row.save()
        _settle(apps, row)
        row.save()
        old.delete()


class Migration(migrations.Migration):
    dependencies = [("evidence", "0010_register"), ("audit", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
