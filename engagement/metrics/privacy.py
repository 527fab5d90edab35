from engagement.core.privacy import declare, kept
from engagement.metrics.models import (
    Agent,
    CountedDay,
    DayCount,
    DayFollowed,
    Hit,
    Recount,
    Salt,
    Taken,
    Work,
)

declare(
    Hit,
    plain="id at target_kind target_id study_id language sector prefetch "
    "scripted signed_in hit_class rule rules_version",
    personal={
        "client": kept(
            "a number made with a salt that lives a day: it leads to nobody"
        ),
        "letter": kept(
            "a number made with a salt that lives a day: it leads to nobody"
        ),
        "agent": kept("the name of a browser, without an address"),
    },
)
declare(Agent, plain="id text")
declare(Salt, plain="id day value")
declare(
    DayCount,
    plain="id day study_id target_kind target_id language sector persons machines "
    "proxies suspects requests_least requests_most unique_requests_least "
    "unique_requests_most investigations_least investigations_most "
    "unique_investigations_least unique_investigations_most readers_least readers_most",
)
declare(DayFollowed, plain="id day study_id letters_least letters_most")
declare(CountedDay, plain="id day counted_at")
declare(Work, plain="id target_kind target_id item_kind item_id is_request")
declare(Recount, plain="id first last state done asked_at heard_at")
declare(Taken, plain="id name offset since until gone")
