from django.db import models

from newsletters.models.articles import Article
from newsletters.models.deliveries import Delivery


class Reading(models.Model):
    """Somebody who agreed to it opened an article by the link in their mail.

    The day and no time: with the time it could be laid beside its hit, whose code of
    the day leads to whatever else the same client read. The person is the delivery's.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="readings")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "article", "day"], name="one_reading_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}, {self.day:%Y-%m-%d}"
