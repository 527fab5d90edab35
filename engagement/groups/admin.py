from django.contrib import admin

from engagement.audit.admin import Recorded
from engagement.core.admin import ReadOnly
from engagement.groups.models import (
    Decision,
    Group,
    Meeting,
    Membership,
    Paper,
    Seat,
)


class SeatInline(admin.TabularInline[Seat, Group]):
    model = Seat
    extra = 0


@admin.register(Group)
class GroupAdmin(Recorded):
    list_display = ["name_en", "study", "kind", "source"]
    list_filter = ["study", "kind"]
    inlines = [SeatInline]


admin.site.register([Decision, Meeting, Membership, Paper], ReadOnly)
