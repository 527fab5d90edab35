from django.contrib import admin

from engagement.people.models import Affiliation, Consent, Organisation, Person


class AffiliationInline(admin.TabularInline[Affiliation, Person]):
    model = Affiliation
    extra = 0


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    list_display = ["name", "email", "language", "is_synthetic"]
    search_fields = ["name", "email"]
    inlines = [AffiliationInline]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    list_display = ["name_en", "name_cy", "sector", "source"]
    list_filter = ["sector"]
    search_fields = ["name_en", "name_cy"]


@admin.register(Consent)
class ConsentAdmin(admin.ModelAdmin[Consent]):
    """The ledger is read, never edited."""

    list_display = ["at", "person", "purpose", "about", "action", "source"]
    readonly_fields = [field.name for field in Consent._meta.fields]

    def has_add_permission(self, *args: object) -> bool:
        return False

    def has_delete_permission(self, *args: object) -> bool:
        return False
