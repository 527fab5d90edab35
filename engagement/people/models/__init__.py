from engagement.people.models.audiences import Audience
from engagement.people.models.choices import Area, Function, Sector
from engagement.people.models.consents import Consent, Suppression
from engagement.people.models.imports import ColumnMapping, PeopleImport
from engagement.people.models.merges import Merge, NotTheSame
from engagement.people.models.organisations import Alias, Organisation
from engagement.people.models.people import (
    Affiliation,
    EmailAddress,
    Interest,
    Person,
    Succession,
    Tag,
)
from engagement.people.models.retention import Due

__all__ = [
    "Affiliation",
    "Alias",
    "Area",
    "Audience",
    "ColumnMapping",
    "Consent",
    "Due",
    "EmailAddress",
    "Function",
    "Interest",
    "Merge",
    "NotTheSame",
    "Organisation",
    "PeopleImport",
    "Person",
    "Sector",
    "Succession",
    "Suppression",
    "Tag",
]
