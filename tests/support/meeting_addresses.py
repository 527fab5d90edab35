"""Examples of the pages of meetings."""

from engagement.groups.models import Action, Decision, Meeting, Membership
from engagement.groups.services import chasing
from tests import factories


def examples():
    """Of the group with a seated member; an item and an action are made where the
    demonstration has none."""
    seated = Membership.objects.first()
    meeting = Meeting.objects.filter(group=seated.seat.group).last()
    item = meeting.items.first() or meeting.items.create(title_en="A", title_cy="B")
    owed = {"group": meeting.group, "meeting": meeting, "owner": seated}
    action = Action.objects.filter(owner=seated).first() or Action.objects.create(
        text_en="A", text_cy="B", **owed
    )
    decision = Decision.objects.first() or factories.make_decision(meeting=meeting)
    of_meeting = ("meeting", "edit_meeting", "cancel_meeting", "send_papers")
    of_meeting += ("add_item", "add_action", "send_minutes", "take_minutes_back")
    of_meeting += ("approve_minutes", "note_minutes")
    of_item = ("edit_item", "move_item", "remove_item", "write_minutes")
    of_action = ("action", "settle_action", "reopen_action")
    return {
        **{f"groups:{page}": [meeting.pk] for page in of_meeting},
        **{f"groups:{page}": [item.pk] for page in of_item},
        **{f"groups:{page}": [action.pk] for page in of_action},
        "groups:redact_decision": [decision.pk],
        "groups:action_done": [chasing.token(action)],
    }
