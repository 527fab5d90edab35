from typing import Any, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.core.errors import AppendOnly

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Sourced(models.Model):
    """A record that says where it came from, and whether it is made up."""

    source = models.CharField(_("source"), max_length=200, blank=True)
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        abstract = True


class WrittenOnceQuerySet(models.QuerySet[Row]):
    """Of rows that are added, and neither changed nor taken away."""

    def update(self, **fields: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class WrittenOnce(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly
