"""Rows for tests: each function makes the least that is valid; keywords change it."""

import io
from datetime import timedelta
from itertools import count

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from engagement.accounts.models import Role, User
from engagement.events.models import (
    Attendance,
    Event,
    Invitation,
    Registration,
    Series,
    Session,
    Speaker,
)
from engagement.groups.models import Group, Meeting, Membership, Paper, Seat
from engagement.groups.services import meetings
from engagement.mail.services import bounces
from engagement.outputs.models import Material
from engagement.people.models import (
    Affiliation,
    Consent,
    EmailAddress,
    Organisation,
    Person,
)
from engagement.people.services import consents
from engagement.studies.models import Study
from newsletters.models import (
    Article,
    Delivery,
    Document,
    Issue,
    IssueArticle,
    Newsletter,
    Picture,
    Reading,
    Subscription,
    Unsaved,
)
from tests.factories.evidence import make_finding, make_recommendation, make_use
from tests.factories.hits import count_hits
from tests.factories.outputs import PDF, make_file, make_hit, make_output
from tests.factories.releases import make_access, make_release

__all__ = [
    "PDF",
    "count_hits",
    "make_access",
    "make_file",
    "make_finding",
    "make_hit",
    "make_output",
    "make_recommendation",
    "make_release",
    "make_use",
]

_number = count(1)
# One grey dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


def make_png(width=8, height=6, kind="PNG"):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#17456b").save(file, kind)
    return file.getvalue()


def make_inbound(*, days_ago=0, **fields):
    raw = f"Subject: Returned mail {next(_number)}".encode()
    row = bounces.take(raw, source="pipe")
    row.received_at -= timedelta(days=days_ago)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def make_user(role=Role.MANAGER, **fields):
    n = next(_number)
    fields = {"name": f"User {n}", "password": "a long password"} | fields
    return User.objects.create_user(
        fields.pop("email", f"user{n}@example.org"), role=role, **fields
    )


def make_organisation(**fields):
    n = next(_number)
    names = {"slug": f"body-{n}", "name_en": f"Body {n}", "name_cy": f"Corff {n}"}
    return Organisation.objects.create(**names | {"sector": "local_authority"} | fields)


def make_person(*, sector="", function="", organisation=None, **fields):
    n = next(_number)
    named = {"name": f"Person {n}", "email": f"person{n}@example.org"}
    person = Person.objects.create(**named | fields)
    if person.email:
        EmailAddress.of(person, person.email).save()
    if sector or function or organisation:
        Affiliation.objects.create(
            person=person,
            stated_sector=sector,
            function=function,
            organisation=organisation,
        )
    return person


def make_study(**fields):
    n = next(_number)
    texts = {
        "slug": f"study-{n}",
        "abbreviation_en": f"S{n}",
        "abbreviation_cy": f"A{n}",
        "title_en": f"Study {n}",
        "title_cy": f"Astudiaeth {n}",
        "summary_en": "What it is.",
        "summary_cy": "Beth ydyw.",
    }
    return Study.objects.create(**texts | fields)


def make_event(*, published=False, days_ahead=7, **fields):
    n = next(_number)
    texts = {
        "slug": f"event-{n}",
        "kind": "consultation",
        "title_en": f"Event {n}",
        "title_cy": f"Digwyddiad {n}",
        "starts_at": timezone.now() + timedelta(days=days_ahead),
    }
    if published:
        texts["status"] = "published"
    return Event.objects.create(**texts | fields)


def make_series(**fields):
    n = next(_number)
    texts = {"title_en": f"Series {n}", "title_cy": f"Cyfres {n}"}
    return Series.objects.create(**texts | fields)


def make_session(*, event, hours=1, **fields):
    n = next(_number)
    texts = {
        "title_en": f"Session {n}",
        "title_cy": f"Sesiwn {n}",
        "starts_at": event.starts_at,
        "ends_at": event.starts_at + timedelta(hours=hours),
    }
    return Session.objects.create(event=event, **texts | fields)


def make_speaker(*, event, **fields):
    n = next(_number)
    texts = {
        "name": f"Speaker {n}",
        "role_en": f"Role {n}",
        "role_cy": f"Rôl {n}",
        "position": n,
    }
    return Speaker.objects.create(event=event, **texts | fields)


def make_registration(*, event=None, state="place", **fields):
    n = next(_number)
    texts = {
        "reference": f"REG{n}",
        "name": f"Person {n}",
        "email": f"person{n}@example.org",
        "sector": "public",
        "language": "en",
    }
    if state == "cancelled":
        texts["cancelled_at"] = timezone.now()
    if state == "offered":
        texts["offered_until"] = timezone.now() + timedelta(days=2)
    event = event or make_event(published=True)
    return Registration.objects.create(event=event, state=state, **texts | fields)


def make_attendance(registration):
    return Attendance.objects.create(registration=registration)


def make_invitation(*, event=None, person=None, **fields):
    event, person = event or make_event(published=True), person or make_person()
    texts = {"name": person.name, "email": person.email, "language": person.language}
    if fields.get("answer"):
        texts["answered_at"] = timezone.now()
    return Invitation.objects.create(event=event, person=person, **texts | fields)


def make_group(*, seats=0, **fields):
    n = next(_number)
    texts = {
        "slug": f"group-{n}",
        "kind": "steering",
        "name_en": f"Group {n}",
        "name_cy": f"Grŵp {n}",
        "remit_en": "What it is for.",
        "remit_cy": "Beth yw ei ddiben.",
    }
    group = Group.objects.create(**texts | fields)
    for position in range(seats):
        make_seat(group=group, position=position)
    return group


def make_seat(*, group, member=None, since=0, **fields):
    """With `member` in it, for so many days."""
    n = next(_number)
    seat = Seat.objects.create(
        group=group, **{"label_en": f"Seat {n}", "label_cy": f"Sedd {n}"} | fields
    )
    if member:
        Membership.objects.create(
            seat=seat,
            person=member,
            started_on=timezone.localdate() - timedelta(days=since),
        )
    return seat


def make_meeting(*, group, **fields):
    event = make_event(kind="meeting", study=group.study, **fields)
    return Meeting.objects.create(group=group, event=event)


def make_paper(*, meeting, content=PDF, **fields):
    n = next(_number)
    texts = {"title_en": f"Paper {n}", "title_cy": f"Papur {n}", "language": "en"}
    paper = Paper(meeting=meeting, **texts | fields)
    paper.file.save(f"paper-{n}.pdf", ContentFile(content), save=True)
    return paper


def make_decision(*, meeting, **fields):
    decision = meetings.decide(
        by=None, meeting=meeting, text_en="So.", text_cy="Felly."
    )
    for name, value in fields.items():
        setattr(decision, name, value)
    decision.save()
    return decision


def make_material(*, event=None, output=None, **fields):
    n = next(_number)
    return Material.objects.create(
        event=event or make_event(),
        output=output or make_output(published=True),
        **{"moment": "before", "position": n} | fields,
    )


def make_newsletter(**fields):
    n = next(_number)
    texts = {
        "slug": f"newsletter-{n}",
        "title_en": f"Newsletter {n}",
        "title_cy": f"Cylchlythyr {n}",
        "sender_name_en": "The team",
        "sender_name_cy": "Y tîm",
        "sender_address": "team@example.org",
    }
    if "study" not in fields:
        fields["study"] = make_study()
    return Newsletter.objects.create(**texts | fields)


def make_subscription(*, confirmed=True, **fields):
    fields.setdefault("newsletter", None)
    newsletter = fields.pop("newsletter") or make_newsletter()
    person = fields.pop("person", None) or make_person()
    if confirmed:
        consents.give(
            person=person,
            purpose=Consent.Purpose.NEWSLETTER,
            about=newsletter.slug,
            wording="I agree.",
            wording_version="1",
            language="en",
            source=Consent.Source.FORM,
        )
    return Subscription.objects.create(newsletter=newsletter, person=person, **fields)


def make_article(**fields):
    n = next(_number)
    texts = {
        "slug": f"article-{n}",
        "title_en": f"Article {n}",
        "title_cy": f"Erthygl {n}",
        "summary_en": f"In short {n}.",
        "summary_cy": f"Yn fyr {n}.",
        "body_en": f"The whole of it {n}.",
        "body_cy": f"Y cyfan {n}.",
    }
    if "study" not in fields:
        fields["study"] = make_study()
    return Article.objects.create(**texts | fields)


def make_issue(*, articles=0, **fields):
    n = next(_number)
    texts = {
        "slug": f"issue-{n}",
        "title_en": f"Issue {n}",
        "title_cy": f"Rhifyn {n}",
    }
    newsletter = fields.pop("newsletter", None) or make_newsletter()
    issue = Issue.objects.create(newsletter=newsletter, **texts | fields)
    for position in range(1, articles + 1):
        article = make_article(study=newsletter.study)
        IssueArticle.objects.create(issue=issue, article=article, position=position)
    return issue


def make_picture(*, article, content=PNG, ending="png", **fields):
    n = next(_number)
    texts = {"name": f"picture-{n}", "alt_en": "A grey dot", "alt_cy": "Dot lwyd"}
    size = {"width": 1, "height": 1}
    picture = Picture(article=article, **texts | size | fields)
    picture.upload.save(f"{picture.name}.{ending}", ContentFile(content), save=True)
    return picture


def make_document(*, issue, language="en", content=PDF):
    document = Document(
        issue=issue, language=language, size=len(content), sha256="0" * 64, pages=1
    )
    document.upload.save(f"{issue.slug}.pdf", ContentFile(content), save=True)
    return document


def send_out(issue, **fields):
    """As if it had been sent to nobody."""
    texts = {"state": "finished", "frozen_at": timezone.now()}
    Issue.objects.filter(pk=issue.pk).update(**texts | fields)
    issue.refresh_from_db()
    return issue


def make_reading(*, days_ago=0):
    """By somebody who was sent the issue and has agreed to nothing else."""
    issue, person = make_issue(articles=1), make_person()
    delivery = Delivery.objects.create(
        issue=issue,
        person=person,
        address=person.email,
        language="en",
        token=f"reading-{next(_number)}",
        due_at=timezone.now(),
        state="accepted",
    )
    return Reading.objects.create(
        delivery=delivery,
        article=issue.places.get().article,
        day=timezone.localdate() - timedelta(days=days_ago),
    )


def make_unsaved(**fields):
    values = {"target_kind": "article", "target_id": next(_number), "seen": ""}
    fields = {"user": fields.pop("user", None) or make_user()} | fields
    return Unsaved.objects.create(**values | {"fields": {"title_en": "Draft"}} | fields)
