from django.contrib import admin

from engagement.core.admin import ReadOnly
from engagement.mail.models import Message


@admin.register(Message)
class MessageAdmin(ReadOnly):
    list_display = ["created_at", "kind", "to", "state", "reply"]
    list_filter = ["state", "kind"]
    search_fields = ["to"]
