"""The words of outputs, and the index that each database has for words.

Both indexes are kept by the database, so that no write can miss them. Where a later
migration makes the table anew (SQLite does so to alter a column), it has to make the
triggers anew too.
"""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    """CREATE VIRTUAL TABLE outputs_search USING fts5(
        title, words, content='outputs_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2')""",
    # A word of the title counts ten times as much.
    "INSERT INTO outputs_search(outputs_search, rank) VALUES('rank', 'bm25(10.0, 1.0)')",
    """CREATE TRIGGER outputs_search_added AFTER INSERT ON outputs_searchentry BEGIN
        INSERT INTO outputs_search(rowid, title, words)
        VALUES (new.id, new.title, new.words); END""",
    """CREATE TRIGGER outputs_search_gone AFTER DELETE ON outputs_searchentry BEGIN
        INSERT INTO outputs_search(outputs_search, rowid, title, words)
        VALUES ('delete', old.id, old.title, old.words); END""",
    """CREATE TRIGGER outputs_search_changed AFTER UPDATE ON outputs_searchentry BEGIN
        INSERT INTO outputs_search(outputs_search, rowid, title, words)
        VALUES ('delete', old.id, old.title, old.words);
        INSERT INTO outputs_search(rowid, title, words)
        VALUES (new.id, new.title, new.words); END""",
]
NO_SQLITE = [
    "DROP TRIGGER outputs_search_changed",
    "DROP TRIGGER outputs_search_gone",
    "DROP TRIGGER outputs_search_added",
    "DROP TABLE outputs_search",
]
POSTGRESQL = [
    """ALTER TABLE outputs_searchentry ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (setweight(to_tsvector('simple', title), 'A')
            || setweight(to_tsvector('simple', words), 'D')) STORED""",
    "CREATE INDEX outputs_search ON outputs_searchentry USING gin (vector)",
]
NO_POSTGRESQL = ["ALTER TABLE outputs_searchentry DROP COLUMN vector"]


def run(sqlite, postgresql):
    def apply(apps, schema_editor):
        sqlite_here = schema_editor.connection.vendor == "sqlite"
        for statement in sqlite if sqlite_here else postgresql:
            schema_editor.execute(statement)

    return apply


class Migration(migrations.Migration):

    dependencies = [
        ('outputs', '0030_approved_content'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'en'), ('cy', 'cy')], max_length=2, verbose_name='language')),
                ('title', models.TextField()),
                ('words', models.TextField()),
                ('output', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_entries', to='outputs.output')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('output', 'language'), name='one_search_entry_a_language')],
            },
        ),
        migrations.RunPython(run(SQLITE, POSTGRESQL), run(NO_SQLITE, NO_POSTGRESQL)),
    ]
