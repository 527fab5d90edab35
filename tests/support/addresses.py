"""Every page of the site, with an example of each that the demonstration data gives."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from engagement.core import tokens
from engagement.mail.models import Alarm, Inbound
from engagement.mail.services import accounts, alarms, bounces
from engagement.outputs.models import File, Output
from engagement.people.models import (
    Affiliation,
    Due,
    Interest,
    Merge,
    Organisation,
    PeopleImport,
    Person,
    Succession,
)
from engagement.people.services import imports, merging
from engagement.studies.models import Enquiry, Study, Term
from newsletters.models import (
    Article,
    Delivery,
    Issue,
    Link,
    Newsletter,
    Picture,
    Subscription,
)
from newsletters.services import links, mail_pictures, pictures, sending
from tests import factories
from tests.support import (
    catalogue_addresses,
    counting_addresses,
    event_addresses,
    evidence_addresses,
    found_addresses,
    group_addresses,
    meeting_addresses,
    release_addresses,
    report_addresses,
    sample,
    standing,
    survey_addresses,
)

CAUGHT = "1700000000000000000-0123abcd"


def views():
    """(name, view, names of its arguments) of each address of ours."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns, namespace):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "admin":
                continue
            space = (
                f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
            yield from _walk(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            names = list(pattern.pattern.regex.groupindex)
            yield f"{namespace}{pattern.name}", pattern.callback, names


def make_missing(mail_folder):
    """What the demonstration lacks for an example of each page: deliveries, a file of
    people, a merge and, in `mail_folder`, a mail that was caught."""
    send_a_copy()
    standing.make_missing()
    illustrate()
    event_addresses.make_missing()
    group_addresses.meet()
    record = imports.upload(by=None, name="a.csv", content=b"Name,Email\nAnn,a@b.org\n")
    imports.start_check(by=None, record=record, fields=record.columns, overwrite=False)
    imports.run_check(import_id=record.pk)
    kept, merged = factories.make_person(), factories.make_person()
    merging.merge(by=None, kept=kept, merged=merged)
    Succession.objects.create(person=kept, target_kind="groups.seat", target_id=1)
    Due.objects.create(
        rule="idle",
        target_kind="people.person",
        target_id=kept.pk,
        person=kept,
        listed_at=timezone.now(),
        due_at=timezone.now() + timedelta(days=7),
    )
    alarms.raise_alarm(kind=Alarm.Kind.BLOCK, text="Refused")
    bounces.take(b"Subject: Returned mail", source="pipe")
    [account] = accounts.configured()
    accounts.set_aside(account=account, reason="No answer")
    mail = b"Subject: A\nContent-Type: text/html\n\n<html><head></head>A</html>\n"
    (mail_folder / f"{CAUGHT}.eml").write_bytes(mail)


def send_a_copy():
    """Of the draft, so that there are deliveries and still a draft."""
    copy = Issue.objects.get(state="draft")
    places = list(copy.places.values_list("article", "position"))
    copy.pk, copy.slug = None, "sent"
    copy.save()
    for article, position in places:
        copy.places.create(article_id=article, position=position)
    sending.start(by=None, issue=copy)
    copy.refresh_from_db()
    lost = copy.deliveries.last()
    Delivery.objects.filter(pk=lost.pk).update(state="unknown", reply="Lost.")
    factories.make_document(issue=copy)
    factories.make_picture(article=copy.places.first().article)


def illustrate():
    """The first article of the draft: a picture and a link."""
    article = Issue.objects.get(state="draft").places.first().article
    upload = SimpleUploadedFile("map.png", factories.make_png())
    pictures.add(by=None, article=article, upload=upload)
    links.add(by=None, article=article, target=f"ask:{article.study_id}")


def examples():
    """Arguments for each name of a page, or for all of an app that have no others."""
    file = File.objects.filter(edition__output__slug="reading-ranks-synthetic").first()
    return {
        "studies:enquiry": [Enquiry.objects.first().pk],
        "studies:assign_enquiry": [Enquiry.objects.first().pk],
        "studies:edit_term": ["wimd", _word()],
        "studies:remove_term": ["wimd", _word()],
        **group_addresses.reviews(),
        "studies": [Study.objects.get(slug="wimd").slug],
        "evidence": ["wimd"],
        **evidence_addresses.examples(),
        **survey_addresses.examples(),
        **event_addresses.examples(),
        **group_addresses.examples(),
        **counting_addresses.examples(),
        **standing.seats(),
        **standing.roles(),
        **meeting_addresses.examples(),
        **report_addresses.examples(),
        **catalogue_addresses.examples(),
        "outputs:download": [file.pk],
        "outputs:remove_file": [file.edition.output.slug, file.pk],
        **release_addresses.examples(),
        **found_addresses.examples(),
        "outputs": [Output.objects.get(slug="reading-ranks-synthetic").slug],
        "account_reset_password_from_key": ["1", "made-up"],
        "mail": [CAUGHT],
        "mail:inbound_message": [_came_back()],
        "mail_webhook": ["postmark"],
        "website:close_alarm": [_alarm()],
        "website:try_account": ["main"],
        **_newsletter_examples(),
        **_links_in_newsletters(),
        **_picture_examples(),
        "newsletter_chart": [sample.chart_code()],
        **_people_examples(),
    }


def _came_back():
    first = Inbound.objects.first()
    return first.pk if first else 1


def _alarm():
    first = Alarm.objects.first()
    return first.pk if first else 1


def _word():
    return Term.objects.filter(study__slug="wimd").first().pk


def _newsletter_examples():
    draft = Issue.objects.get(state="draft")
    first = draft.places.first().article_id
    pages = ("edit_issue", "add_article", "place_article", "preview", "send")
    pages += ("preview_as", "send_test", "reorder_articles", "checks", "override")
    pages += ("check_links",)
    planning = (
        "with_release",
        "send_now",
        "schedule",
        "unschedule",
        "audience",
        "approve",
        "changes",
    )
    stopping = ("reschedule", "ask_approval", "pause", "resume", "take_back")
    of_issue = {
        f"newsletters:{page}": [draft.pk] for page in (*pages, *planning, *stopping)
    }
    articles = ("edit_article", "move_article", "remove_article")
    of_article = {f"newsletters:{page}": [draft.pk, first] for page in articles}
    public = Issue.objects.get(state="archived")
    return {
        "newsletters": [Newsletter.objects.get().slug],
        "newsletters:article": [
            Article.objects.get(slug="wimd-indicator-data-2011").slug
        ],
        "newsletters:issue": ["wimd", public.slug],
        "newsletters:document": ["wimd", "sent", "en"],
        "newsletters:correct_issue": [public.pk],
        "newsletters:correct_article": [public.places.first().article_id],
        "study_feed": ["wimd"],
        "newsletters:preview_html": [draft.pk, "en"],
        "newsletters:draft_issue": [tokens.make("draft", draft.pk)],
        "newsletters:draft_article": [
            tokens.make("draft", draft.pk),
            draft.places.first().article.slug,
        ],
        "newsletters:progress": [Issue.objects.exclude(state="draft").first().pk],
        **_unknown_examples(),
        **of_issue,
        **of_article,
        **_editor_examples(draft.pk, first),
    }


def _unknown_examples():
    """A delivery that is not known, where somebody has been sent anything."""
    one = Delivery.objects.order_by("state", "pk").last()
    issue, delivery = (one.issue_id, one.pk) if one else (1, 1)
    return {
        "newsletters:unknowns": [issue],
        "newsletters:settle": [issue, delivery],
        "newsletters:send_again": [issue, delivery],
    }


def _editor_examples(issue, article):
    picture = Picture.objects.filter(article=article).first()
    link = Link.objects.filter(article=article).first()
    pages = ("edit_pictures", "restore_picture", "edit_links")
    of_picture = ("change_picture", "show_picture", "move_picture", "remove_picture")
    one, other = picture.pk if picture else 1, link.pk if link else 1
    return {
        **{f"newsletters:{page}": [issue, article] for page in pages},
        **{f"newsletters:{page}": [issue, article, one] for page in of_picture},
        "newsletters:move_link": [issue, article, other],
        "newsletters:remove_link": [issue, article, other],
        "newsletters:keep": ["issue", issue],
        "newsletters:opened": ["issue", issue],
        "newsletters:discard": ["issue", issue],
    }


def _links_in_newsletters():
    subscription = Subscription.objects.first()
    delivery = Delivery.objects.first()
    person = [delivery.person.pk, delivery.person.email]
    theirs = [tokens.make("preferences", person)]
    leave = [tokens.make("unsubscribe", delivery.token)]
    pages = ("preferences", "change_address", "everything", "erase", "mail_link")
    return {
        "unsubscribe_one_click": leave,
        "newsletters:unsubscribe": leave,
        "newsletters:objection": [tokens.make("objection", delivery.token)],
        "newsletters:confirm": [
            tokens.make("confirm-subscription", [subscription.pk, 0])
        ],
        "newsletters:confirm_address": [
            tokens.make("change-address", [*person, "new@example.org"])
        ],
        **{f"newsletters:{page}": theirs for page in pages},
    }


def _picture_examples():
    picture = Picture.objects.first()
    if picture is None:
        return {"newsletter_picture": ["made-up", "picture.png"]}
    address = mail_pictures.address(picture.upload)
    return {"newsletter_picture": address.partition("/pictures/")[2].split("/", 1)}


def _people_examples():
    first, last = Person.objects.first().pk, Person.objects.last().pk
    body, subject = Organisation.objects.first().pk, Interest.objects.first().pk
    due = Due.objects.first()
    merge, record = Merge.objects.first(), PeopleImport.objects.first()
    imported = ("import", "import_columns", "import_same", "apply_import")
    slug = "council-analysts-synthetic"
    pages = ("", "_rename", "_delete", "_unreachable", "_why", "_edit", "_step", "_add")
    return {
        **_person_examples(),
        **{f"people:{page}": [body] for page in ("organisation", "edit_organisation")},
        **{f"people:{page}": [subject] for page in ("interest", "remove_interest")},
        "people:merge_choose": ["person", first],
        "people:merge": ["person", first, last],
        "people:not_the_same": ["person", first, last],
        **{f"people:{page}": [due.pk if due else 1] for page in ("hold", "release")},
        "people:undo_merge": [merge.pk if merge else 1],
        "people:export": ["csv"],
        **{f"people:{page}": [record.pk if record else 1] for page in imported},
        **{f"people:audience{page}": [slug] for page in pages},
        "people:audience_change": [slug, "1"],
    }


def _person_examples():
    post = Affiliation.objects.filter(ended_on=None).first()
    pages = ("detail", "edit", "add_address", "add_post", "everything", "erase")
    address = post.person.addresses.first().pk
    found = Succession.objects.first()
    return {
        **{f"people:{page}": [post.person_id] for page in pages},
        "people:change_address": [post.person_id, address],
        "people:end_post": [post.person_id, post.pk],
        "people:settle": [found.pk if found else 1],
    }


def address(name, arguments, known):
    """The address of a page. Raises LookupError where there is no example of it."""
    query = counting_addresses.QUERIES.get(name, "")
    if not arguments:
        return reverse(name) + query
    values = known.get(name) or known.get(name.split(":")[0])
    if values is None or len(values) != len(arguments):
        raise LookupError(f"No example of {name} {arguments}: add it to examples().")
    return reverse(name, args=values) + query
