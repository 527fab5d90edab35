"""What was said and promised at the workshop; all of it made up."""

from typing import Any

EVENT = {
    "title_en": "Using the Index in local plans: workshop (synthetic)",
    "title_cy": "Defnyddio'r Mynegai mewn cynlluniau lleol: gweithdy (synthetig)",
    "outcome_en": "Made up: participants asked for figures for smaller areas.",
    "outcome_cy": "Dychmygol: gofynnodd y rhai a ddaeth am ffigurau ar gyfer ardaloedd llai.",
    "audience_en": "Officers who write local plans",
    "audience_cy": "Swyddogion sy'n ysgrifennu cynlluniau lleol",
    "said_en": (
        "This is made up, to show what a summary looks like.\n\n"
        "- Plans quote the rank of an area, and seldom say what lies behind it.\n"
        "- Rural deprivation is scattered, so areas of 1,500 people hide it.\n"
        "- Most who came write a plan or a bid this year, and need figures by autumn."
    ),
    "said_cy": (
        "Dychmygol yw hyn, i ddangos sut mae crynodeb yn edrych.\n\n"
        "- Mae cynlluniau'n dyfynnu safle ardal, ac anaml y dywedant beth sydd y tu ôl iddo.\n"
        "- Mae amddifadedd gwledig ar wasgar, felly mae ardaloedd o 1,500 o bobl yn ei guddio.\n"
        "- Mae'r rhan fwyaf a ddaeth yn ysgrifennu cynllun neu gais eleni, ac mae angen "
        "ffigurau arnynt erbyn yr hydref."
    ),
}
# What it will be used for and what else they say, for each language of an answer.
SAID = {
    "en": [
        ("The needs assessment for our next local plan.", ""),
        ("A bid to the lottery fund.", "More time for questions, please."),
        ("", "The room was cold, the talk was not."),
        ("A briefing for councillors on what ranks do and do not say.", ""),
    ],
    "cy": [
        ("Asesiad o anghenion y sir.", "Diolch am gael siarad Cymraeg drwy'r bore."),
        ("Cynllun llesiant y bwrdd gwasanaethau cyhoeddus.", ""),
    ],
}
PROMISES: list[dict[str, Any]] = [
    {
        "side": "team",
        "state": "open",
        "due_in": -7,
        "is_public": True,
        "text_en": "Publish a guide to using the Index in rural areas.",
        "text_cy": "Cyhoeddi canllaw ar ddefnyddio'r Mynegai mewn ardaloedd gwledig.",
    },
    {
        "side": "team",
        "state": "done",
        "due_in": -10,
        "is_public": True,
        "text_en": "Send everybody who came the slides and the data behind them.",
        "text_cy": "Anfon y sleidiau a'r data y tu ôl iddynt at bawb a ddaeth.",
        "outcome_en": "Sent within a week, in both languages.",
        "outcome_cy": "Anfonwyd o fewn wythnos, yn y ddwy iaith.",
    },
    {
        "side": "participant",
        "state": "open",
        "due_in": 60,
        "is_public": True,
        "text_en": "Use the indicators, and not only the ranks, in the county's plan.",
        "text_cy": "Defnyddio'r dangosyddion, ac nid y safleoedd yn unig, yng nghynllun y sir.",
    },
    {
        "side": "participant",
        "state": "done",
        "is_public": True,
        "text_en": "Show the team that writes the grant scheme how to read the data.",
        "text_cy": "Dangos i'r tîm sy'n ysgrifennu'r cynllun grant sut i ddarllen y data.",
        "outcome_en": "Shown to six colleagues; the scheme now uses two indicators.",
        "outcome_cy": "Dangoswyd i chwe chydweithiwr; mae'r cynllun bellach yn defnyddio dau ddangosydd.",
    },
    {
        "side": "team",
        "state": "dropped",
        "due_in": -3,
        "is_public": True,
        "text_en": "Give out figures for each street.",
        "text_cy": "Rhoi ffigurau ar gyfer pob stryd.",
        "outcome_en": "Streets are so small that figures would tell of the people in them.",
        "outcome_cy": "Mae strydoedd mor fach y byddai ffigurau'n datgelu'r bobl ynddynt.",
    },
    {
        "side": "team",
        "state": "proposed",
        "text_en": "Hold a session for the voluntary sector in the evening.",
    },
    {
        "side": "participant",
        "state": "proposed",
        "text_cy": "Trafod y canlyniadau gyda'r bwrdd gwasanaethau cyhoeddus.",
    },
]
