"""The report's events, and made-up ones that show what an event goes through."""

from engagement.events.demo import consultation, online, report, workshop
from engagement.studies.models import Study


def load() -> str:
    """Adds what is not there yet; what staff have changed since is left as it is."""
    studies = {study.slug: study for study in Study.objects.all()}
    of_the_report = report.load(studies)
    wimd = studies.get("wimd")
    # The consultation last: it asks for guests of an audience.
    made_up = [workshop.load(wimd), *online.load(wimd), consultation.load(wimd)]
    return f"{of_the_report} events of the report, {len(made_up)} synthetic ones"
