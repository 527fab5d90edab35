"""Which papers a member has opened."""

from collections.abc import Iterable

from engagement.accounts.models import User
from engagement.groups import packing
from engagement.groups.models import Group, Meeting, Pack, Paper, PaperRead


def opened(user: User, meeting: Meeting, papers: Iterable[int]) -> None:
    """Those papers, in whichever language; once. Whoever does not sit in the group reads
    for their work, and is not counted."""
    if not Group.objects.for_user(user).filter(pk=meeting.group_id).exists():
        return
    read = packing.same_paper(Paper.objects.filter(meeting=meeting), papers)
    rows = [PaperRead(paper=paper, user=user) for paper in read]
    PaperRead.objects.bulk_create(rows, ignore_conflicts=True)


def pack_opened(user: User, pack: Pack) -> None:
    """Those whose pages are in it: what is a separate file has to be opened itself."""
    opened(user, pack.meeting, pack.holds)
