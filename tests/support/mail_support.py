"""What the main mail programs support, and what of a mail they would not.

The facts were compared on 24 November 2026 with the data of caniemail.com, in the npm
package caniemail 2.0.2 (data of 13 May 2026), for the last version tested of Outlook on
Windows, which sets pages with Word; Gmail in the browser and its apps, for Google
accounts; Apple Mail on macOS and iOS. Those data say nothing of some plain things, which
stand here on trust: color, font-family, bgcolor, colspan, rowspan, scope, start, title,
em, sup, sub, br, mso-hide, the viewport and supported-color-schemes.
What is not in these tables is not supported: a new element, attribute or property must
be looked up first.
"""

import re
from html.parser import HTMLParser

import tinycss2

PROGRAMS = ("Outlook", "Gmail", "Apple Mail")
EVERYWHERE = (True, True, True)
NOT_OUTLOOK = (False, True, True)
ONLY_OUTLOOK = (True, False, False)
ONLY_APPLE = (False, False, True)
NOWHERE = (False, False, False)

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body"),
    *("table", "thead", "tbody", "tr", "td", "th", "div", "span", "p", "br", "hr"),
    *("h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote"),
    *("a", "img", "strong", "em", "del", "sup", "sub", "code", "pre"),
}
ATTRIBUTES = {
    "meta": {"charset", "name", "content"},
    "table": {
        "role",
        "width",
        "cellpadding",
        "cellspacing",
        "border",
        "bgcolor",
        "align",
    },
    "td": {"align", "bgcolor", "width", "valign", "colspan", "rowspan"},
    "th": {"align", "scope", "colspan", "rowspan"},
    "img": {"src", "alt", "width", "height"},
    "a": {"href", "title", "rel"},
    "ol": {"start"},
}
ON_ANY = {"class", "lang", "style"}
# (property, value): what a value of its own changes stands before the property.
CSS = {
    ("display", "flex"): NOT_OUTLOOK,
    ("display", "grid"): NOT_OUTLOOK,
    ("display", "none"): EVERYWHERE,
    ("display", "block"): NOT_OUTLOOK,
    ("margin", "auto"): NOT_OUTLOOK,
    "background-color": EVERYWHERE,
    "background-image": NOT_OUTLOOK,
    "border": EVERYWHERE,
    "border-collapse": EVERYWHERE,
    "border-left": EVERYWHERE,
    "border-radius": NOT_OUTLOOK,
    "border-top": EVERYWHERE,
    "box-shadow": ONLY_APPLE,
    "color": EVERYWHERE,
    "font-family": EVERYWHERE,
    "font-size": EVERYWHERE,
    "font-weight": EVERYWHERE,
    "height": EVERYWHERE,
    "line-height": EVERYWHERE,
    "margin": EVERYWHERE,
    "margin-top": EVERYWHERE,
    "max-height": NOT_OUTLOOK,
    "max-width": NOT_OUTLOOK,
    "mso-hide": ONLY_OUTLOOK,
    "overflow": NOT_OUTLOOK,
    "padding": EVERYWHERE,
    "padding-top": EVERYWHERE,
    "position": ONLY_APPLE,
    "text-align": EVERYWHERE,
    "text-decoration": EVERYWHERE,
    "vertical-align": EVERYWHERE,
    "width": EVERYWHERE,
    "word-break": EVERYWHERE,
}
UNITS = {"px", "%", "em", "pt"}
AT_RULES = {
    "max-width: 600px": NOT_OUTLOOK,
    "prefers-color-scheme: dark": ONLY_APPLE,
}
METAS = {
    "viewport": EVERYWHERE,
    # On a Mac, and not on a phone.
    "color-scheme": NOWHERE,
    "supported-color-schemes": NOWHERE,
}
# Where Outlook does not know what it knows elsewhere.
NOT_IN_OUTLOOK = {
    "border": {"p", "div"},
    "height": {"body", "span", "div", "p"},
    "margin": {"body", "span"},
    "padding": ELEMENTS - {"td", "th"},
    "width": {"body", "span", "div", "p", "img"},
}
# What is not supported everywhere and does no harm where it is not.
ENHANCEMENTS = {
    "max-width": "Outlook gets a table of 600 pixels, and pictures that have a width.",
    "max-height": "A second way to hide the preheader, which display: none hides.",
    "overflow": "A third one.",
    "mso-hide": "Makes sure that Outlook hides the preheader; others do not know it.",
    "padding on p": "Only more room around words.",
    "border on p": "Only a line above the small print.",
    "margin on body": "Without it there is a narrow edge in the colour of the page.",
    "margin: auto": "Outlook gets a table in the middle.",
    "display: block": "Without it a few pixels stay empty below a picture.",
    "width on img": "Outlook gets the width in the attribute.",
    "@media max-width: 600px": "Without it a phone shows broader edges.",
    "@media prefers-color-scheme: dark": "Without it the mail is light, and readable.",
    "meta color-scheme": "Says that the mail has dark colours of its own.",
    "meta supported-color-schemes": "The same, as older Apple Mails were told.",
}
# Gmail drops a longer <style>, and with it what was in it.
LONGEST_STYLE = 16_384
CONDITION = re.compile(r"\[if mso\]>(.*)<!\[endif\]", re.DOTALL)
# Of elements and classes, one within the other, several with commas.
SIMPLE = r"\.?[a-z][a-z0-9_-]*"
SELECTOR = re.compile(rf"{SIMPLE}( {SIMPLE})*(, *{SIMPLE}( {SIMPLE})*)*")


def problems(html):
    """What not all of the programs support and no enhancement excuses, as sentences."""
    return [
        f"{what}: not in {', '.join(lacking)}"
        for what, lacking in _found(html)
        if what not in ENHANCEMENTS
    ]


def enhancements(html):
    """Those of the enhancements that a mail uses."""
    return {what for what, _lacking in _found(html) if what in ENHANCEMENTS}


def _found(html):
    walker = _Walker()
    walker.feed(html)
    walker.close()
    return walker.found


class _Walker(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []
        self.open = []

    def note(self, what, support=NOWHERE):
        lacking = [name for name, has in zip(PROGRAMS, support, strict=True) if not has]
        if lacking:
            self.found.append((what, lacking))

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag not in ELEMENTS:
            self.note(f"<{tag}>")
        for name, value in attrs:
            if name not in ON_ANY | ATTRIBUTES.get(tag, set()):
                self.note(f"{name} on {tag}")
            if name == "style":
                self.declarations(value, tag)
        attrs = dict(attrs)
        if tag == "meta" and "name" in attrs:
            self.note(f"meta {attrs['name']}", METAS.get(attrs["name"], NOWHERE))
        if tag == "style" and "body" in self.open:
            self.note("<style> in the body")
        if tag == "img" and not attrs.get("width", "").isdigit():
            self.note("a picture without a width")

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_comment(self, data):
        """Outlook alone reads what stands under a condition."""
        if not CONDITION.fullmatch(data):
            self.note("a comment")

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            if len(data) > LONGEST_STYLE:
                self.note("a long <style>")
            self.sheet(data)

    def sheet(self, css):
        for rule in tinycss2.parse_stylesheet(css, True, True):
            if rule.type == "at-rule":
                self.at_rule(rule)
            else:
                self.rule(rule)

    def at_rule(self, rule):
        condition = tinycss2.serialize(rule.prelude).strip().strip("()")
        support = AT_RULES.get(condition, NOWHERE)
        self.note(f"@{rule.at_keyword} {condition}", support)
        for inner in tinycss2.parse_rule_list(rule.content or [], True, True):
            self.rule(inner)

    def rule(self, rule):
        if rule.type != "qualified-rule":
            self.note(f"a broken rule ({rule.type})")
            return
        selector = tinycss2.serialize(rule.prelude).strip()
        if not SELECTOR.fullmatch(selector):
            self.note(f"the selector {selector}")
        self.declarations(tinycss2.serialize(rule.content), "")

    def declarations(self, css, tag):
        for found in tinycss2.parse_blocks_contents(css, True, True):
            if found.type != "declaration":
                self.note(f"a broken style ({found.type})")
                continue
            if found.important and tag:
                self.note("!important in an element", NOT_OUTLOOK)
            self.declaration(found.lower_name, found.value, tag)

    def declaration(self, name, value, tag):
        said = tinycss2.serialize(value).strip()
        support = CSS.get((name, said), CSS.get(name, NOWHERE))
        label = f"{name}: {said}" if (name, said) in CSS or name == "display" else name
        self.note(label, support)
        kind = name.split("-")[0]
        is_set = said != "0" or kind == "margin"
        if tag in NOT_IN_OUTLOOK.get(kind, ()) and is_set and name != "border-collapse":
            self.note(f"{kind} on {tag}", NOT_OUTLOOK)
        if kind == "margin" and "auto" in said:
            self.note("margin: auto", CSS["margin", "auto"])
        for part in value:
            if part.type in {"function", "url"}:
                self.note(f"{name} with {tinycss2.serialize([part])}")
            if part.type == "dimension" and part.lower_unit not in UNITS:
                self.note(f"{name} in {part.unit}")
