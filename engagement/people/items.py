"""Names for the sectors of readers."""

from engagement.metrics import items
from engagement.people.models import Sector

items.register_sectors(dict(Sector.choices))
