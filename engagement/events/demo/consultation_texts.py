"""The consultation event: what it is, its parts, and what it asks. All of it made up."""

EVENT = {
    "title_en": "What should the next Index measure? Consultation event (synthetic)",
    "title_cy": "Beth ddylai'r Mynegai nesaf ei fesur? Digwyddiad ymgynghori (synthetig)",
    "description_en": (
        "Tell the team which indicators of deprivation you use, which you do without, "
        "and what the next Index should measure.\n\n"
        "- What has changed since the last Index\n"
        "- Work in small groups: income, health, access to services\n"
        "- What we will do with what you say, and by when\n\n"
        "This event is made up, to show how registration works."
    ),
    "description_cy": (
        "Dywedwch wrth y tîm pa ddangosyddion amddifadedd yr ydych yn eu defnyddio, pa "
        "rai nad oes eu hangen arnoch, a beth ddylai'r Mynegai nesaf ei fesur.\n\n"
        "- Beth sydd wedi newid ers y Mynegai diwethaf\n"
        "- Gwaith mewn grwpiau bach: incwm, iechyd, mynediad at wasanaethau\n"
        "- Beth y byddwn yn ei wneud â'r hyn a ddywedwch, ac erbyn pryd\n\n"
        "Digwyddiad dychmygol yw hwn, i ddangos sut mae cofrestru yn gweithio."
    ),
    "audience_en": "Anybody who uses the Index, or would like to",
    "audience_cy": "Unrhyw un sy'n defnyddio'r Mynegai, neu a hoffai wneud hynny",
}
# A group's title, its room, how many can sit there.
SESSIONS = [
    ("Income and work", "Incwm a gwaith", "Room 1", "Ystafell 1", 15),
    ("Health", "Iechyd", "Room 2", "Ystafell 2", 15),
    ("Access to services", "Mynediad at wasanaethau", "Room 3", "Ystafell 3", 10),
]
SPEAKERS = [
    ("Mali (synthetic)", "Statistician, the Index team", "Ystadegydd, tîm y Mynegai"),
    ("Tom (synthetic)", "Planning officer, a council", "Swyddog cynllunio, cyngor"),
    ("Nia (synthetic)", "Director, a charity", "Cyfarwyddwr, elusen"),
]
# Kind, question in both languages, whether it must be answered, answers to choose from.
QUESTIONS = [
    (
        "choice",
        "How do you use the Index now?",
        "Sut yr ydych yn defnyddio'r Mynegai ar hyn o bryd?",
        True,
        [
            ("In plans and strategies", "Mewn cynlluniau a strategaethau"),
            ("In bids for money", "Mewn ceisiadau am arian"),
            ("In research", "Mewn ymchwil"),
            ("I do not use it yet", "Nid wyf yn ei ddefnyddio eto"),
        ],
    ),
    (
        "text",
        "What should the next Index measure that this one does not?",
        "Beth ddylai'r Mynegai nesaf ei fesur nad yw hwn yn ei fesur?",
        False,
        [],
    ),
    (
        "consent",
        "I agree that my organisation is named in the list of those who took part.",
        "Rwy'n cytuno i'm sefydliad gael ei enwi yn y rhestr o'r rhai a gymerodd ran.",
        False,
        [],
    ),
]
WISHES = {
    "en": [
        "How far it is to a doctor by bus.",
        "Broadband that works, not broadband on paper.",
        "The cost of heating a house.",
        "People who have two jobs and are poor.",
    ],
    "cy": [
        "Pellter at feddyg ar fws.",
        "Cost gwresogi tŷ.",
    ],
}
AUDIENCE = {
    "name": "Council researchers and policy officers (synthetic)",
    "note": "Whom to ask what the Index should measure for local plans.",
    "rule": {
        "all": [
            {"kind": "sector", "sectors": ["local_authority"]},
            {"kind": "function", "functions": ["research", "policy"]},
        ]
    },
}
