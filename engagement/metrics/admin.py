from django.contrib import admin

from engagement.core.admin import ReadOnly
from engagement.metrics.models import Hit


@admin.register(Hit)
class HitAdmin(ReadOnly):
    list_display = ["at", "target_kind", "target_id", "hit_class", "rule"]
    list_filter = ["target_kind", "hit_class", "rule"]
