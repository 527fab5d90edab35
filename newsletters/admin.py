from django.contrib import admin

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
class IssueAdmin(admin.ModelAdmin[Issue]):
    list_display = ["title_en", "newsletter", "state", "recipients"]
    readonly_fields = ["state", "recipients", "frozen_at", "finished_at"]
    inlines = [PlaceInline]


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin[Delivery]):
    """The ledger is read, never edited."""

    list_display = ["address", "issue", "state", "reply"]
    list_filter = ["state"]
    readonly_fields = [field.name for field in Delivery._meta.fields]

    def has_add_permission(self, *args: object) -> bool:
        return False

    def has_delete_permission(self, *args: object) -> bool:
        return False


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin[Subscription]):
    """Whether one is in force is in the consent ledger."""

    list_display = ["person", "newsletter", "created_at"]


admin.site.register([Article, Newsletter])
