from django.contrib import admin

from engagement.core.admin import ReadOnly
from engagement.mail.models import Alarm, Inbound, Message


@admin.register(Message)
class MessageAdmin(ReadOnly):
    list_display = ["created_at", "kind", "to", "state", "reply"]
    list_filter = ["state", "kind"]
    search_fields = ["to"]


@admin.register(Inbound)
class InboundAdmin(ReadOnly):
    list_display = ["received_at", "kind", "address", "key", "status", "proven"]
    list_filter = ["kind", "source"]
    search_fields = ["address", "key"]
    exclude = ["raw"]


@admin.register(Alarm)
class AlarmAdmin(ReadOnly):
    list_display = ["at", "kind", "account", "closed_at"]
