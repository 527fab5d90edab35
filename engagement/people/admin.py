from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from engagement.core.admin import ReadOnly
from engagement.people.models import Affiliation, Consent, Organisation, Person


class AffiliationInline(admin.TabularInline[Affiliation, Person]):
    model = Affiliation
    extra = 0


@admin.register(Person)
class PersonAdmin(ReadOnly):
    list_display = ["name", "email", "language", "is_synthetic"]
    search_fields = ["name", "email"]
    inlines = [AffiliationInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """What is only kept to undo a merge with is not shown."""
        return super().get_queryset(request).filter(merged_into=None)


@admin.register(Organisation)
class OrganisationAdmin(ReadOnly):
    list_display = ["name_en", "name_cy", "sector", "source"]
    list_filter = ["sector"]
    search_fields = ["name_en", "name_cy"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return super().get_queryset(request).filter(merged_into=None)


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    list_display = ["at", "person", "purpose", "about", "action", "source"]
