from django.contrib import admin

from engagement.mail.models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    list_display = ["created_at", "kind", "to", "state", "reply"]
    list_filter = ["state", "kind"]
    search_fields = ["to"]
    readonly_fields = [field.name for field in Message._meta.fields]
