from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import LANGUAGES
from engagement.outputs.models.outputs import Output


class SearchEntry(models.Model):
    """What can be found of an output in one language, in folded words (`core.folding`).

    Each database has its index on these two columns, made by a migration and kept by the
    database itself: FTS5 in SQLite, a vector in PostgreSQL. Only what may be public as
    soon as the output is listed is in it, so nothing of an edition that is not out.
    """

    output = models.ForeignKey(Output, models.CASCADE, related_name="search_entries")
    language = models.CharField(
        _("language"), max_length=2, choices=[(lang, lang) for lang in LANGUAGES]
    )
    title = models.TextField()
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["output", "language"], name="one_search_entry_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.output} ({self.language})"
