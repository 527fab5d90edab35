"""A newsletter with many subscribers, and issues of it."""

from engagement.people.models import Consent, EmailAddress, Person
from newsletters.models import Subscription
from newsletters.services import sending
from tests import factories

DOMAINS = 20


def make_newsletter(recipients):
    newsletter = factories.make_newsletter()
    people = Person.objects.bulk_create(
        [
            Person(
                name=f"Person {n}",
                email=f"person{n}@d{n % DOMAINS}.example.org",
                language="cy" if n % 3 == 0 else "en",
            )
            for n in range(recipients)
        ]
    )
    EmailAddress.objects.bulk_create([EmailAddress.of(p, p.email) for p in people])
    Consent.objects.bulk_create(
        [
            Consent(
                person=person,
                purpose=Consent.Purpose.NEWSLETTER,
                about=newsletter.slug,
                action=Consent.Action.GIVEN,
                wording="I agree.",
                wording_version="1",
                language=person.language,
                source=Consent.Source.FORM,
            )
            for person in people
        ]
    )
    Subscription.objects.bulk_create(
        [Subscription(newsletter=newsletter, person=person) for person in people]
    )
    return newsletter


def start_issue(newsletter):
    issue = factories.make_issue(newsletter=newsletter, articles=2)
    return sending.start(by=None, issue=issue)
