from engagement.core.privacy import declare, kept
from engagement.metrics.models import Hit

declare(
    Hit,
    plain="id at target_kind target_id study_id prefetch signed_in hit_class rule "
    "rules_version",
    personal={
        "client": kept("a code under a key of its day: it leads to nobody"),
        "user_agent": kept("the name of a browser, without an address"),
    },
)
