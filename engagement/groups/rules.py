"""Who may read what is a group's own. Pages, files, packs and lists all ask here: a thing
is asked for by `groups.view_papers` or `groups.read_meeting`, a list by `readable`."""

from django.contrib.auth.models import AnonymousUser
from rules import add_perm, predicate

from engagement.accounts.models import User
from engagement.accounts.predicates import is_manager, is_signed_in
from engagement.groups.models import Group, Meeting
from engagement.groups.models.meetings import MeetingQuerySet
from engagement.studies.models import Study


@predicate
def sits_in(user: User, group: Group | None) -> bool:
    """Asked of no group in particular, nobody sits in it."""
    return (
        group is not None and Group.objects.for_user(user).filter(pk=group.pk).exists()
    )


@predicate
def sits_for(user: User, study: Study | None) -> bool:
    """In any group of the study."""
    theirs = Group.objects.for_user(user).filter(study=study)
    return study is not None and theirs.exists()


@predicate
def in_their_term(user: User, meeting: Meeting | None) -> bool:
    return (
        meeting is not None
        and Meeting.objects.in_terms_of(user).filter(pk=meeting.pk).exists()
    )


def readable(user: User | AnonymousUser) -> MeetingQuerySet:
    """The meetings whose papers, drafts of minutes, packs and unpublished decisions this
    user may read."""
    if not isinstance(user, User) or not is_signed_in(user):
        return Meeting.objects.none()
    if is_manager(user):
        return Meeting.objects.all()
    return Meeting.objects.in_terms_of(user)


add_perm("groups.manage", is_manager)
# Names and interests of members: of the group, on this day.
add_perm("groups.view_papers", is_manager | (is_signed_in & sits_in))
add_perm("groups.view_reviews", is_manager | (is_signed_in & sits_for))
# All of one meeting that the public does not see.
add_perm("groups.read_meeting", is_manager | (is_signed_in & in_their_term))
