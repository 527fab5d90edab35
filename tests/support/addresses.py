"""Every page of the site, with an example of each that the demonstration data gives."""

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from engagement.core import tokens
from engagement.events.models import Event, Registration
from engagement.groups.models import Group, Meeting, Membership, Paper, Seat
from engagement.outputs.models import File, Output
from engagement.people.models import Affiliation, Interest, Organisation, Person
from engagement.studies.models import Enquiry, Study
from newsletters.models import Article, Delivery, Issue, Newsletter, Subscription


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


def permission(view):
    """What the view declares, looked for under its decorators too."""
    while view is not None:
        if found := getattr(view, "permission", None):
            return found
        view = getattr(view, "__wrapped__", None)
    return None


def examples():
    """Arguments for each name of a page, from the demonstration data."""
    event = Event.objects.get(slug="wimd-consultation-synthetic")
    registration = Registration.objects.first()
    subscription = Subscription.objects.first()
    delivery = Delivery.objects.first()
    theirs = tokens.make("preferences", [delivery.person.pk, delivery.person.email])
    return {
        "studies:enquiry": [Enquiry.objects.first().pk],
        "studies:assign_enquiry": [Enquiry.objects.first().pk],
        "studies": [Study.objects.get(slug="wimd").slug],
        "evidence": ["wimd"],
        "events:registration": [tokens.make("registration", str(registration.pk))],
        "events": [event.slug],
        "groups:paper": [Paper.objects.first().pk],
        "groups:add_paper": [Meeting.objects.first().pk],
        "groups:decide": [Meeting.objects.first().pk],
        "groups:fill": [Seat.objects.first().pk],
        "groups:vacate": [Membership.objects.first().pk],
        "groups": [Group.objects.get(slug="lti-steering").slug],
        "outputs:download": [File.objects.first().pk],
        "outputs": [Output.objects.get(slug="reading-ranks-synthetic").slug],
        "newsletters:article": [
            Article.objects.get(slug="wimd-indicator-data-2011").slug
        ],
        "newsletters:confirm": [
            tokens.make("confirm-subscription", [subscription.pk, 0])
        ],
        "newsletters:preferences": [theirs],
        "newsletters:change_address": [theirs],
        "newsletters:everything": [theirs],
        "newsletters:erase": [theirs],
        "newsletters:mail_link": [theirs],
        "newsletters:confirm_address": [
            tokens.make(
                "change-address",
                [delivery.person.pk, delivery.person.email, "new@example.org"],
            )
        ],
        "newsletters:unsubscribe": [tokens.make("unsubscribe", delivery.token)],
        "newsletters:issue": ["wimd", Issue.objects.get(state="archived").slug],
        "newsletters:preview_html": [Issue.objects.get(state="draft").pk, "en"],
        "newsletters": [Newsletter.objects.get().slug],
        "account_reset_password_from_key": ["1", "made-up"],
        **_audience_examples(),
        **_person_examples(),
        "people:organisation": [Organisation.objects.first().pk],
        "people:edit_organisation": [Organisation.objects.first().pk],
        "people:interest": [Interest.objects.first().pk],
        "people:remove_interest": [Interest.objects.first().pk],
        "people:settle": [1],
        "people:merge_choose": ["person", Person.objects.first().pk],
        "people:merge": ["person", Person.objects.first().pk, Person.objects.last().pk],
        "people:not_the_same": ["person", 1, 2],
        "people:undo_merge": [1],
        "people:export": ["csv"],
        "people:hold": [1],
        "people:release": [1],
        "people:import": [1],
        "people:import_columns": [1],
        "people:import_same": [1],
        "people:apply_import": [1],
        "issue": [Issue.objects.get(state="draft").pk],
    }


def _person_examples():
    post = Affiliation.objects.filter(ended_on=None).first()
    pages = ("detail", "edit", "add_address", "add_post", "everything", "erase")
    examples = {f"people:{page}": [post.person_id] for page in pages}
    address = post.person.addresses.first().pk
    return examples | {
        "people:change_address": [post.person_id, address],
        "people:end_post": [post.person_id, post.pk],
    }


def _audience_examples():
    slug = "council-analysts-synthetic"
    pages = ("", "_rename", "_delete", "_unreachable", "_why", "_edit", "_step", "_add")
    examples = {f"people:audience{page}": [slug] for page in pages}
    return examples | {"people:audience_change": [slug, "1"]}


def address(name, arguments, known):
    """The address of a page, or None where there is no example of it."""
    if not arguments:
        return reverse(name)
    values = known.get(name) or known.get(name.split(":")[0])
    if arguments[0] == "pk" and name.startswith("newsletters:"):
        values = known.get(name) or known["issue"]
    if values is None or len(values) != len(arguments):
        return None
    return reverse(name, args=values)
