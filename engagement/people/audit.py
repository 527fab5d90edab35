from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Fact, add, add_kind
from engagement.people.models import (
    Audience,
    NotTheSame,
    Organisation,
    PeopleImport,
    Person,
    Suppression,
)

REASON = Fact(_("Reason"), dict(Suppression.Reason.choices))
FIELDS = {"name": _("name"), "note": _("note"), "rule": _("rule")}

add_kind(Person, _("Person"))
add_kind(Organisation, _("Organisation"))
add_kind(NotTheSame, _("Records that only look alike"))
add_kind(Suppression, _("Address that is never written to"))
add_kind(Audience, _("Audience"))
add_kind(PeopleImport, _("File of people"))

add("person.created", _("Person added"))
add("person.updated_by_import", _("Person changed by an import"))
add("person.exported", _("Everything held on a person given out"))
add("person.erased", _("Person erased"), reason=REASON)
add("person.address_added", _("E-mail address added"))
add("person.address_changed", _("Another e-mail address chosen for mail"))
add("person.address_removed", _("E-mail address removed"))
add("people.exported", _("List of people saved as a file"), form=_("Format"))
add("person.merged", _("Two people made one"), merged=_("Record merged into it"))
add(
    "person.unmerged",
    _("Merge of two people undone"),
    merged=_("Record separated again"),
)
add("person.kept_apart", _("Two people marked as different"))
add(
    "organisation.merged",
    _("Two organisations made one"),
    merged=_("Record merged into it"),
)
add(
    "organisation.unmerged",
    _("Merge of two organisations undone"),
    merged=_("Record separated again"),
)
add("organisation.kept_apart", _("Two organisations marked as different"))
add("address.suppressed", _("Address put on the list"), reason=REASON)
add("address.unsuppressed", _("Address taken off the list by its owner"))
add("audience.created", _("Audience created"))
add("audience.changed", _("Audience changed"), fields=Fact(_("What changed"), FIELDS))
add("audience.deleted", _("Audience deleted"))
add("import.uploaded", _("File of people uploaded"))
add("import.checked", _("Check of a file of people asked for"))
add("import.started", _("Import of people asked for"))
add(
    "import.applied",
    _("People imported"),
    new=_("New people"),
    changed=_("Changed"),
    same=_("On record already, the same"),
    conflict=_("Says something else than the record, which stays"),
    erased=_("Erased at their own wish, left out"),
)
