"""What was on the agenda of the made-up meetings, said and settled."""

from typing import NamedTuple

from engagement.groups.models import Purpose


class Item(NamedTuple):
    """`decided` and `owed` are (English, Welsh); `owed` also says who owes it, the days
    from the first loading until it is due, and what came of it, if it is done."""

    title: tuple[str, str]
    purpose: str
    minutes: int
    said: tuple[str, str] = ("", "")
    decided: tuple[str, str] | None = None
    owed: tuple[str, str, str, int, tuple[str, str] | None] | None = None
    redacted: bool = False


WELCOME = Item(
    ("Welcome and apologies", "Croeso ac ymddiheuriadau"),
    Purpose.INFORMATION,
    5,
    ("The chair welcomed everybody.", "Croesawodd y cadeirydd bawb."),
)
FIRST = [
    WELCOME,
    Item(
        ("Results of the baseline survey", "Canlyniadau'r arolwg llinell sylfaen"),
        Purpose.DISCUSSION,
        30,
        (
            "Members asked for a short summary that councils can use.",
            "Gofynnodd yr aelodau am grynodeb byr y gall cynghorau ei ddefnyddio.",
        ),
        owed=(
            "Write a two-page summary of the baseline survey.",
            "Ysgrifennu crynodeb dwy dudalen o'r arolwg llinell sylfaen.",
            "official-1",
            -190,
            (
                "Sent to all members in both languages.",
                "Anfonwyd at bob aelod yn y ddwy iaith.",
            ),
        ),
    ),
    Item(
        (
            "Briefing before the case studies",
            "Sesiwn friffio cyn yr astudiaethau achos",
        ),
        Purpose.DECISION,
        20,
        (
            "Policy divisions should hear of the findings first.",
            "Dylai'r is-adrannau polisi glywed am y canfyddiadau yn gyntaf.",
        ),
        decided=(
            "Hold a briefing for policy divisions before the case studies are published.",
            "Cynnal sesiwn friffio i'r is-adrannau polisi cyn cyhoeddi'r astudiaethau achos.",
        ),
    ),
]
SECOND = [
    WELCOME,
    Item(
        ("Who is missing", "Pwy sydd ar goll"),
        Purpose.DECISION,
        25,
        (
            "Nobody from the voluntary sector has come.",
            "Nid oes neb o'r sector gwirfoddol wedi dod.",
        ),
        decided=(
            "Look for a member from the voluntary sector by the next meeting.",
            "Chwilio am aelod o'r sector gwirfoddol erbyn y cyfarfod nesaf.",
        ),
        owed=(
            "Ask the voluntary sector's council for a nominee.",
            "Gofyn i gyngor y sector gwirfoddol am enwebai.",
            "chair",
            -30,
            None,
        ),
    ),
    Item(
        ("The contractor's costs", "Costau'r contractwr"),
        Purpose.DISCUSSION,
        15,
        ("Not for the public.", "Nid i'r cyhoedd."),
        redacted=True,
    ),
]
THIRD = [
    WELCOME,
    Item(
        ("Three-monthly review", "Adolygiad tri-misol"),
        Purpose.DECISION,
        40,
        (
            "The checklist was gone through. Nobody outside the group was reached of late.",
            "Aethpwyd drwy'r rhestr wirio. Ni chyrhaeddwyd neb y tu allan i'r grŵp yn ddiweddar.",
        ),
        decided=(
            "Bring forward one small case study as an early win.",
            "Dwyn ymlaen un astudiaeth achos fach fel llwyddiant cynnar.",
        ),
        owed=(
            "Name the case study and its author.",
            "Enwi'r astudiaeth achos a'i hawdur.",
            "official-2",
            21,
            None,
        ),
    ),
    Item(
        ("Dissemination plan", "Cynllun lledaenu"),
        Purpose.DISCUSSION,
        20,
        (
            "The plan names audiences, not everybody.",
            "Mae'r cynllun yn enwi cynulleidfaoedd, nid pawb.",
        ),
    ),
]
COMING = [
    WELCOME._replace(said=("", "")),
    Item(
        (
            "Minutes of the last meeting, and actions",
            "Cofnodion y cyfarfod diwethaf, a chamau gweithredu",
        ),
        Purpose.DECISION,
        15,
    ),
    Item(("Second Interim Report", "Yr Ail Adroddiad Interim"), Purpose.DISCUSSION, 45),
    Item(
        ("Whom the study reaches", "Pwy y mae'r astudiaeth yn ei gyrraedd"),
        Purpose.INFORMATION,
        20,
    ),
]
NOTE = (
    "The summary of the baseline survey has two pages, not three.",
    "Dwy dudalen sydd i grynodeb yr arolwg llinell sylfaen, nid tair.",
)
TITLE = {
    "title_en": "Steering Group meeting (synthetic)",
    "title_cy": "Cyfarfod y Grŵp Llywio (synthetig)",
}
PROMISE = {
    "text_en": "Send the summary of the case studies to all 22 authorities.",
    "text_cy": "Anfon crynodeb o'r astudiaethau achos at y 22 awdurdod.",
    "outcome_en": "It was sent in both languages.",
    "outcome_cy": "Fe'i hanfonwyd yn y ddwy iaith.",
}
REVIEW_SAID = (
    "The study should go on as planned; one small case study is brought forward.",
    "Dylai'r astudiaeth barhau fel y bwriadwyd; dygir un astudiaeth achos fach ymlaen.",
)
