from django.contrib import admin

from engagement.metrics.models import Hit


@admin.register(Hit)
class HitAdmin(admin.ModelAdmin[Hit]):
    """Raw hits are read, never edited."""

    list_display = ["at", "target_kind", "target_id", "hit_class", "rule"]
    list_filter = ["target_kind", "hit_class", "rule"]

    def has_add_permission(self, *args: object) -> bool:
        return False

    def has_change_permission(self, *args: object) -> bool:
        return False

    def has_delete_permission(self, *args: object) -> bool:
        return False
