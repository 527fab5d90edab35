from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Fact, add, add_kind
from engagement.groups.models import (
    Action,
    AgendaItem,
    Decision,
    DeclaredInterest,
    Group,
    Meeting,
    MinutesNote,
    Notice,
    Paper,
    Review,
    Seat,
)

add_kind(Group, _("Group"))
add_kind(Seat, _("Seat"))
add_kind(Meeting, _("Meeting"))
add_kind(Paper, _("Paper"))
add_kind(Decision, _("Decision"))
add_kind(Review, _("Review"))

add("group.updated", _("Group changed"))
add("seat.filled", _("Seat filled"))
add("seat.vacated", _("Seat left"))
add("meeting.planned", _("Meeting planned"))
add("paper.added", _("Paper added"))
add("decision.recorded", _("Decision recorded"))
add("pack.asked", _("Pack of papers asked for"))

add_kind(DeclaredInterest, _("Declared interest"))
add_kind(Notice, _("Notice to the secretary"))

add("group.created", _("Group added"))
add("seat.added", _("Seat added"))
add("seat.changed", _("Seat changed"))
add("seat.closed", _("Seat done away with"))
add("seat.moved", _("Seat moved in the list"))
add("seat.taken_back", _("What was written down of a seat today taken back"))
add("interest.declared", _("Interest declared"))
add("interest.ended", _("Declared interest ended"))
add(
    "notice.raised",
    _("Notice to the secretary raised"),
    kind=Fact(_("What it is about"), dict(Notice.Kind.choices)),
)
add("notice.settled", _("Notice to the secretary seen to"))
add("notice.ceased", _("Notice to the secretary over by itself"))

add("review.planned", _("Review planned"))
add("review.announced", _("Somebody told that a review is due"))
add("review.opened", _("Review opened for a meeting"))
add("review.noted", _("What the group said of a review written down"))
add("review.done", _("Review done"))

add_kind(AgendaItem, _("Item of an agenda"))
add_kind(MinutesNote, _("Note on minutes"))
add_kind(Action, _("Action"))

add("meeting.circulated", _("Papers of a meeting sent"), people=_("People"))
add(
    "meeting.circulated_to_new",
    _("Papers of a meeting sent to new members"),
    people=_("People"),
)
add("item.added", _("Item put on an agenda"))
add("item.changed", _("Item of an agenda changed"))
add("item.moved", _("Item of an agenda moved"))
add("item.removed", _("Item taken off an agenda"))
add("item.carried", _("What is still owed put on an agenda"))
add("minutes.saved", _("Minutes of an item saved"))
add("minutes.circulated", _("Minutes sent to members"), people=_("People"))
add("minutes.taken_back", _("Minutes made a draft again"))
add("minutes.approved", _("Minutes approved"))
add("minutes.noted", _("Approved minutes corrected by a note"))
add("decision.redacted", _("Decision hidden from the public, or shown"))
add("action.added", _("Action taken down"))
add("action.changed", _("Action changed"))
add("action.settled", _("Action settled"), state=_("State"))
add("action.reopened", _("Action open again"))
add("action.reported", _("Action done, as its owner says"))
add("action.reminded", _("Owner of an action reminded"))
add("action.owner_left", _("Action without an owner: their term has ended"))
add("group.named_member", _("Agreed to be named as a member"))
add("group.unnamed_member", _("Took back being named as a member"))
