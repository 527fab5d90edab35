from django.contrib import admin

from engagement.audit.admin import Recorded
from engagement.core.admin import ReadOnly
from newsletters.models import (
    Article,
    Delivery,
    Issue,
    IssueArticle,
    Newsletter,
    Subscription,
)


class PlaceInline(admin.TabularInline[IssueArticle, Issue]):
    model = IssueArticle
    extra = 0


@admin.register(Issue)
class IssueAdmin(ReadOnly):
    list_display = ["title_en", "newsletter", "state", "recipients"]
    inlines = [PlaceInline]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    list_display = ["address", "issue", "state", "reply"]
    list_filter = ["state"]


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnly):
    """Whether one is in force is in the consent ledger."""

    list_display = ["person", "newsletter", "created_at"]


admin.site.register(Article, ReadOnly)
admin.site.register(Newsletter, Recorded)
