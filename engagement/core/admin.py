from typing import Any

from django.contrib import admin


class ReadOnly(admin.ModelAdmin[Any]):
    """Rows that services write, with their rules; here they are only looked at."""

    def has_add_permission(self, *args: object) -> bool:
        return False

    def has_change_permission(self, *args: object) -> bool:
        return False

    def has_delete_permission(self, *args: object) -> bool:
        return False
