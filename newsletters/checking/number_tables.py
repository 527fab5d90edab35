"""The words of numbers in English and in Welsh, with the forms that Welsh gives them
before a man's or a woman's noun and after another word."""

from typing import NamedTuple

Table = dict[str, int]


def _table(said: dict[int, str]) -> Table:
    return {word: number for number, words in said.items() for word in words.split()}


class Words(NamedTuple):
    """`perhaps` are words that may be a number, and are often none."""

    ones: Table
    # Before a one: "twenty three". Welsh has none: it says "two ten three".
    tens: Table
    alone: Table
    hundreds: set[str]
    scales: Table
    ordinals: Table
    perhaps: Table
    joins: set[str]
    percents: list[list[str]]


ENGLISH = Words(
    ones=_table(
        {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}
        | {8: "eight", 9: "nine"}
    ),
    tens=_table(
        {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty"}
        | {70: "seventy", 80: "eighty", 90: "ninety"}
    ),
    alone=_table(
        {10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen"}
        | {15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen"}
        | {19: "nineteen"}
    ),
    hundreds={"hundred"},
    scales=_table({10**3: "thousand", 10**6: "million", 10**9: "billion"}),
    ordinals=_table(
        {4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}
        | {10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth"}
        | {14: "fourteenth", 15: "fifteenth", 16: "sixteenth", 17: "seventeenth"}
        | {18: "eighteenth", 19: "nineteenth", 20: "twentieth", 100: "hundredth"}
    ),
    perhaps=_table(
        {0: "zero", 1: "one first once", 2: "second twice both double pair couple"}
        | {3: "third thirds", 4: "fourths", 5: "fifths", 8: "eighths", 10: "tenths"}
        | {12: "dozen"}
    ),
    joins={"and"},
    percents=[["per", "cent"], ["percent"]],
)

WELSH = Words(
    ones=_table(
        {
            1: "un",
            2: "dau ddau dwy ddwy",
            3: "tri dri thri nhri tair dair thair nhair",
            4: "pedwar bedwar phedwar mhedwar pedair bedair phedair mhedair",
            5: "pump bump phump mhump pum bum phum mhum",
            6: "chwech chwe",
            7: "saith",
            8: "wyth",
            9: "naw",
        }
    ),
    tens={},
    alone=_table(
        {
            10: "deg ddeg deng ddeng",
            12: "deuddeg ddeuddeg deuddeng ddeuddeng",
            15: "pymtheg bymtheg phymtheg mhymtheg pymtheng bymtheng phymtheng",
            18: "deunaw ddeunaw",
            20: "ugain hugain",
            40: "deugain ddeugain",
            60: "trigain drigain thrigain",
        }
    ),
    hundreds={"cant", "gant", "chant", "nghant"},
    scales=_table(
        {10**3: "mil fil", 10**6: "miliwn filiwn", 10**9: "biliwn"},
    ),
    ordinals=_table(
        {
            1: "unfed",
            4: "pedwerydd bedwerydd phedwerydd pedwaredd bedwaredd phedwaredd",
            5: "pumed bumed phumed",
            6: "chweched",
            7: "seithfed",
            8: "wythfed",
            9: "nawfed",
            10: "degfed ddegfed",
            12: "deuddegfed ddeuddegfed",
            15: "pymthegfed bymthegfed phymthegfed",
            18: "deunawfed ddeunawfed",
            20: "ugeinfed hugeinfed",
            100: "canfed ganfed chanfed",
        }
    ),
    perhaps=_table(
        {
            0: "sero",
            1: "un unwaith cyntaf gyntaf chyntaf",
            2: "ail dwywaith ddwywaith dwbl pâr bâr phâr cwpl gwpl",
            3: "trydydd drydydd thrydydd trydedd drydedd thrydedd traean draean",
            12: "dwsin ddwsin",
            # "can" before a noun; "fil" is also somebody's bill.
            100: "can",
            1000: "fil",
        }
    ),
    joins={"a", "ac"},
    percents=[["y", "cant"]],
)

# "un ar ddeg" is eleven: one on ten.
ON = _table({10: "ddeg", 15: "bymtheg", 20: "hugain"})
# "deg a thrigain" is seventy: ten and sixty.
AND = _table({40: "deugain", 60: "thrigain"})
DEG = {"deg", "ddeg", "deng", "ddeng"}
# "dau gan mil" is two hundred thousand; elsewhere "gan" is "by".
SHORT = {"can", "gan", "chan"}
AFTER_SHORT = {"mil", "miliwn", "punt", "mlynedd", "milltir", "metr"}
