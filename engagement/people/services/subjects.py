from engagement.core.privacy import Subject
from engagement.people.models import EmailAddress, Person


def of(person: Person) -> Subject:
    """The person with everybody who was merged into them, all addresses, the accounts."""
    found = {person.pk}
    while more := set(
        Person.objects.filter(merged_into__in=found)
        .exclude(pk__in=found)
        .values_list("pk", flat=True)
    ):
        found |= more
    rows = Person.objects.filter(pk__in=found)
    known = EmailAddress.objects.filter(person__in=found)
    addresses = {*rows.values_list("email", flat=True)}
    addresses |= {*known.values_list("address", flat=True)}
    users = rows.exclude(user=None).values_list("user", flat=True)
    return Subject(
        people=tuple(sorted(found)),
        addresses=tuple(sorted(addresses - {""})),
        users=tuple(pk for pk in users if pk is not None),
    )
