from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Fact, add, add_kind
from engagement.mail.models import Inbound
from engagement.people.models import (
    Audience,
    Due,
    Interest,
    Merge,
    NotTheSame,
    Organisation,
    PeopleImport,
    Person,
    Succession,
    Suppression,
)

REASON = Fact(_("Reason"), dict(Suppression.Reason.choices))
AUDIENCE = {"name": _("name"), "note": _("note"), "rule": _("rule")}
PERSON = {
    "name": _("name"),
    "language": _("order of languages"),
    "interests": _("interests"),
    "tags": _("tags"),
}
BODY = {
    "name_en": _("name in English"),
    "name_cy": _("name in Welsh"),
    "sector": _("sector"),
    "area": _("local-authority area"),
    "parent": _("parent body"),
    "aliases": _("other names"),
}
CHANGED = _("What changed")

add_kind(Person, _("Person"))
add_kind(Organisation, _("Organisation"))
add_kind(NotTheSame, _("Records that only look alike"))
add_kind(Suppression, _("Address that is never written to"))
add_kind(Audience, _("Audience"))
add_kind(PeopleImport, _("File of people"))
add_kind(Interest, _("Subject"))
add_kind(Due, _("Something kept too long"))
add_kind(Merge, _("Merge"))
add_kind(Inbound, _("Mail that came back"))
add_kind(Succession, _("Search for a successor"))

add("person.created", _("Person added"))
add("person.changed", _("Person changed"), fields=Fact(CHANGED, PERSON))
add("person.post_begun", _("Post added"))
add("person.post_ended", _("Post ended"))
add("succession.settled", _("Search for a successor settled"))
add("interest.created", _("Subject added"))
add("interest.changed", _("Subject changed"))
add("interest.removed", _("Subject removed"))
add("organisation.created", _("Organisation added"))
add("organisation.changed", _("Organisation changed"), fields=Fact(CHANGED, BODY))
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
add("audience.changed", _("Audience changed"), fields=Fact(CHANGED, AUDIENCE))
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
add("merge.forgotten", _("What a merge could be undone with deleted"))
add("retention.listed", _("Listed as kept too long"))
add("retention.held", _("Deletion put on hold"))
add("retention.released", _("Hold on a deletion ended"))
add("retention.dropped", _("Taken off the list of what is kept too long"))
add("retention.done", _("What was kept too long deleted"))
add("retention.failed", _("Deletion that did not work"))
add("import.forgotten", _("Rows of an old import deleted"))
add("inbound.forgotten", _("Mail that came back deleted"))
