import json
from datetime import date, datetime, time

from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.audit import words
from engagement.audit.registry import Text
from engagement.core.models import WrittenOnce, WrittenOnceQuerySet

# What is asked for to find entries of the public and of the system.
NOBODY = "nobody"


class EntryQuerySet(WrittenOnceQuerySet["Entry"]):
    def by(self, who: str) -> "EntryQuerySet":
        """`who` is the number of a user, or NOBODY."""
        return self.filter(actor_id=None if who == NOBODY else int(who))

    def between(self, since: date | None, until: date | None) -> "EntryQuerySet":
        """From the first moment of `since` to the last of `until`, Europe/London."""
        found = self
        if since:
            found = found.filter(at__gte=_moment(since, time.min))
        if until:
            found = found.filter(at__lte=_moment(until, time.max))
        return found

    def with_words(self, text: str) -> "EntryQuerySet":
        """Each of the words in the target, the actor or the detail as it is kept."""
        found = self.alias(said=Cast("detail", models.TextField())) if text else self
        for word in text.split():
            # SQLite keeps "ŵ" in JSON as an escape, PostgreSQL as the letter.
            escaped = json.dumps(word)[1:-1]
            found = found.filter(
                Q(target__icontains=word)
                | Q(actor__icontains=word)
                | Q(said__icontains=word)
                | Q(said__icontains=escaped)
            )
        return found

    def actors(self) -> list[tuple[int, str]]:
        """Numbers and latest names of the users who have done something, by name."""
        last = self.order_by().values("actor_id").annotate(last=Max("pk"))
        rows = self.filter(pk__in=last.values("last"), actor_id__isnull=False)
        pairs = rows.order_by("actor", "actor_id").values_list("actor_id", "actor")
        return [(pk, name) for pk, name in pairs if pk is not None]


class Entry(WrittenOnce):
    """Who did what to what, and when. Written once, never changed.

    Actor and target are names and numbers, not foreign keys: audit stands below the
    apps that it records, and an entry outlives what it speaks of.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(_("who"), max_length=200, blank=True)
    action = models.CharField(_("what"), max_length=60)
    target_kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    target = models.CharField(_("to what"), max_length=300)
    detail = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        # Each filter of the page gives its newest entries without looking at others.
        indexes = [
            models.Index(fields=["target_kind", "target_id"]),
            models.Index(fields=["target_kind", "at"]),
            models.Index(fields=["action", "at"]),
            models.Index(fields=["actor_id", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.target}"

    @property
    def label(self) -> Text:
        return words.of_action(self.action)

    @property
    def kind(self) -> Text:
        return words.of_kind(self.target_kind)

    @property
    def facts(self) -> list[tuple[Text, Text]]:
        return words.of_detail(self.action, self.detail)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
