"""Rows for tests: each function makes the least that is valid; keywords change it."""

import io
from datetime import timedelta
from itertools import count

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from engagement.accounts.models import Role, User
from engagement.events.models import Event
from engagement.groups.models import Group, Meeting, Membership, Seat
from engagement.outputs.models import Edition, File, Output
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
    Document,
    Issue,
    IssueArticle,
    Newsletter,
    Picture,
    Subscription,
    Unsaved,
)

_number = count(1)
PDF = b"%PDF-1.7\n%test\n"
# One grey dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


def make_png(width=8, height=6, kind="PNG"):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#17456b").save(file, kind)
    return file.getvalue()


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


def make_seat(*, group, member=None, **fields):
    n = next(_number)
    seat = Seat.objects.create(
        group=group, **{"label_en": f"Seat {n}", "label_cy": f"Sedd {n}"} | fields
    )
    if member:
        Membership.objects.create(
            seat=seat, person=member, started_on=timezone.localdate()
        )
    return seat


def make_meeting(*, group, **fields):
    event = make_event(kind="meeting", study=group.study, **fields)
    return Meeting.objects.create(group=group, event=event)


def make_output(*, published=False, with_file=False, **fields):
    n = next(_number)
    texts = {
        "slug": f"output-{n}",
        "kind": "report",
        "title_en": f"Output {n}",
        "title_cy": f"Allbwn {n}",
        "summary_en": "In short.",
        "summary_cy": "Yn fyr.",
    }
    if published:
        texts |= {"status": "published", "published_at": timezone.now()}
    output = Output.objects.create(**texts | fields)
    if with_file:
        make_file(output=output)
    return output


def make_file(*, output, language="en", content=PDF, name="report.pdf"):
    edition, _ = Edition.objects.get_or_create(output=output, number=1)
    file = File(
        edition=edition,
        language=language,
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256="0" * 64,
    )
    file.upload.save(name, ContentFile(content), save=True)
    return file


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


def make_unsaved(**fields):
    values = {"target_kind": "article", "target_id": next(_number), "seen": ""}
    fields = {"user": fields.pop("user", None) or make_user()} | fields
    return Unsaved.objects.create(**values | {"fields": {"title_en": "Draft"}} | fields)
