"""Authors become rows of their own, with a given name and an ORCID."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


def carry_over(apps, schema_editor):
    """A name with a comma is a person's; any other is kept whole."""
    author = apps.get_model("outputs", "Author")
    for output in apps.get_model("outputs", "Output").objects.exclude(names=[]):
        for position, name in enumerate(output.names):
            family, _comma, given = name.partition(",")
            author.objects.create(
                output=output,
                position=position,
                family=family.strip(),
                given=given.strip(),
            )


class Migration(migrations.Migration):
    dependencies = [("outputs", "0002_material")]

    operations = [
        migrations.RenameField("output", "authors", "names"),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("family", models.CharField(max_length=200, verbose_name="family name, or body")),
                ("given", models.CharField(blank=True, max_length=100, verbose_name="given names")),
                ("orcid", models.CharField(blank=True, max_length=19, validators=[django.core.validators.RegexValidator(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")], verbose_name="ORCID")),
                ("output", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="authors", to="outputs.output")),
            ],
            options={"ordering": ["position", "pk"]},
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
