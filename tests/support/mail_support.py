"""What the main mail programs support, and what of a mail they would not.

The facts are those of caniemail.com (features of HTML and CSS by mail program, as known
in 2026), for Outlook on Windows, which sets pages with Word; Gmail in the browser and
its apps; Apple Mail. Only what was certain is here. What is not in these tables is not
supported: a new element, attribute or property must be looked up first.
"""

import re
from html.parser import HTMLParser

import tinycss2

PROGRAMS = ("Outlook", "Gmail", "Apple Mail")
EVERYWHERE = (True, True, True)
NOT_OUTLOOK = (False, True, True)
ONLY_OUTLOOK = (True, False, False)
ONLY_APPLE = (False, False, True)

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body"),
    *("table", "thead", "tbody", "tr", "td", "th", "div", "span", "p", "br", "hr"),
    *("h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote"),
    *("a", "img", "strong", "em", "del", "sup", "sub", "code", "pre", "abbr"),
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
    "abbr": {"title"},
    "ol": {"start"},
}
ON_ANY = {"class", "lang", "style"}
# (property, value): what a value of its own changes stands before the property.
CSS = {
    ("display", "flex"): NOT_OUTLOOK,
    ("display", "grid"): NOT_OUTLOOK,
    ("display", "none"): EVERYWHERE,
    ("display", "block"): EVERYWHERE,
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
    # In Outlook on cells of tables alone.
    "padding": EVERYWHERE,
    "padding-top": EVERYWHERE,
    "position": ONLY_APPLE,
    "text-align": EVERYWHERE,
    "text-decoration": EVERYWHERE,
    "vertical-align": EVERYWHERE,
    "width": EVERYWHERE,
    "word-break": NOT_OUTLOOK,
}
UNITS = {"px", "%", "em", "pt"}
AT_RULES = {
    "max-width: 600px": NOT_OUTLOOK,
    "prefers-color-scheme: dark": ONLY_APPLE,
}
METAS = {
    "viewport": EVERYWHERE,
    "color-scheme": ONLY_APPLE,
    "supported-color-schemes": ONLY_APPLE,
}
CELLS = {"td", "th"}
# What is not supported everywhere and does no harm where it is not.
ENHANCEMENTS = {
    "max-width": "Outlook gets a table of 600 pixels, and pictures that have a width.",
    "max-height": "A second way to hide the preheader, which display: none hides.",
    "overflow": "A third one.",
    "mso-hide": "Makes sure that Outlook hides the preheader; others do not know it.",
    "word-break": "Without it only a very long word makes a phone scroll.",
    "padding on p": "Only more room around words.",
    "@media max-width: 600px": "Without it a phone shows broader edges.",
    "@media prefers-color-scheme: dark": "Without it the mail is light, and readable.",
    "meta color-scheme": "Says that the mail has dark colours of its own.",
    "meta supported-color-schemes": "The same, as older Apple Mails were told.",
}
# Gmail drops a longer <style>, and with it what was in it.
LONGEST_STYLE = 8192
CONDITION = re.compile(r"\[if mso\]>(.*)<!\[endif\]", re.DOTALL)
SELECTOR = re.compile(r"[.a-z0-9_-]+( [.a-z0-9_-]+)*(, *[.a-z0-9_-]+( [.a-z0-9_-]+)*)*")


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

    def note(self, what, support=(False, False, False)):
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
            self.note(f"meta {attrs['name']}", METAS.get(attrs["name"], (False,) * 3))
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
        support = AT_RULES.get(condition, (False,) * 3)
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
            self.declaration(found.lower_name, found.value, tag)

    def declaration(self, name, value, tag):
        said = tinycss2.serialize(value).strip()
        support = CSS.get((name, said), CSS.get(name, (False,) * 3))
        label = f"{name}: {said}" if (name, said) in CSS or name == "display" else name
        self.note(label, support)
        if name.startswith("padding") and tag and tag not in {*CELLS, "table", "body"}:
            self.note(f"padding on {tag}")
        for part in value:
            if part.type in {"function", "url"}:
                self.note(f"{name} with {tinycss2.serialize([part])}")
            if part.type == "dimension" and part.lower_unit not in UNITS:
                self.note(f"{name} in {part.unit}")
