"""An issue as a mail: both languages in one message.

It is rendered once per order of languages, the same each time, with stand-ins where the
person's tokens go; `for_token` puts them in.
"""

from dataclasses import dataclass
from html import unescape
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.text import Truncator

from engagement.core.bilingual import other, shown
from engagement.mail.services import composing
from newsletters.models import Issue, Newsletter
from newsletters.services import mail_headers, mail_links, mail_parts, marks
from newsletters.services.mail_parts import OBJECTION, STAND_IN

SCOPE = "unsubscribe"
# Letters of a token, which stand-ins are shorter than.
TOKEN_LETTERS = 83
MARK_LETTERS = len("?d=") + TOKEN_LETTERS
# What a mail program shows of a message beside its subject.
PREHEADER_LETTERS = 110
# Styles for one kind of screen, which only stand in their own element, not in each tag.
KEPT = ' data-css-inline="keep"'
# A style sheet from elsewhere is never asked for.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str
    # Addresses of what is read on the site, which get a mark where it is noted from which
    # mail: none where the newsletter notes nothing.
    marked: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        """Bytes of the HTML part as it leaves, with its long ends of line and with
        tokens. Gmail cuts it off at 102 KB."""
        tokens_add = mail_links.number(self.html, self.marked) * MARK_LETTERS
        for word in (STAND_IN, OBJECTION):
            tokens_add += self.html.count(word) * (TOKEN_LETTERS - len(word))
        return len(self.html.encode()) + self.html.count("\n") + tokens_add

    def for_token(
        self, token: str, mark: str = "", objection: str = OBJECTION
    ) -> "Rendered":
        """With the links of one person, `objection` in that to object by; `mark` (see
        `marks`) says which mail they stand in. Without one, what is read on the site is
        at its own addresses."""
        text, html = (
            part.replace(STAND_IN, token).replace(OBJECTION, objection)
            for part in (self.text, self.html)
        )
        if mark and self.marked:
            text = mail_links.mark_text(text, self.marked, mark)
            html = mail_links.mark_html(html, self.marked, mark)
            html = html.replace("</body>", f"{marks.picture(mark)}</body>", 1)
        return Rendered(self.subject, text, html)


def render(issue: Issue, *, language: str) -> Rendered:
    """The issue with `language` ("en" or "cy") first and stand-ins in the personal links."""
    articles, look = mail_parts.articles_of(issue), mail_parts.look(issue.newsletter)
    written: list[tuple[dict[str, Any], str, str]] = []
    for lang in (language, other(language)):
        with translation.override(lang):
            part = mail_parts.part(issue, articles, first=lang == language)
            text = render_to_string("newsletters/mail/issue.txt", part).strip()
            html = render_to_string("newsletters/mail/part.html", part | {"look": look})
            written.append((part, text, html))
    sheet = {
        "language": language,
        "title": shown(issue, "title", language),
        "preheader": _preheader(written[0][0]),
        "look": look,
        "parts": [html for _part, _text, html in written],
    }
    plain = "\n\n".join(text for _part, text, _html in written)
    whole = _inlined(render_to_string("newsletters/mail/issue.html", sheet))
    counts = issue.newsletter.privacy != Newsletter.Privacy.NONE
    return Rendered(
        subject=mail_headers.subject(issue, language),
        text=plain,
        html=whole,
        marked=mail_links.find(plain, whole) if counts else frozenset(),
    )


def sample(issue: Issue, language: str) -> bytes:
    """The mail as it would go, to nobody: the same bytes each time."""
    name = f"<issue-{issue.pk}-{language}@{settings.MAIL_DOMAIN}>"
    rendered = render(issue, language=language)
    return composed(issue, language, rendered, {"Message-ID": name})


def composed(
    issue: Issue, language: str, rendered: Rendered, named: dict[str, str]
) -> bytes:
    return composing.compose(
        headers=mail_headers.of_issue(issue, language) | named,
        language=language,
        text=rendered.text,
        html=rendered.html,
        boundary=f"issue-{issue.pk}-{language}",
    )


def _inlined(html: str) -> str:
    return INLINER.inline(html).replace(KEPT, "")


def _preheader(part: dict[str, Any]) -> str:
    """The opening, or else what the articles are called, in the first language."""
    intro, articles = part["intro"], part["articles"]
    titles = " · ".join(article["title"].text for article in articles)
    words = unescape(strip_tags(intro["html"])) if intro else titles
    return Truncator(" ".join(words.split())).chars(PREHEADER_LETTERS)
