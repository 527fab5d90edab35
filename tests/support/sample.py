"""A synthetic issue with one of everything, the same each time it is made."""

import struct
import zlib
from datetime import UTC, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from newsletters.models import Issue, Link, Picture
from newsletters.services import mail_charts
from tests import factories

SITE = "https://dolen.example.org"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SUMMARY_EN = """How **many** areas moved? Fewer than the headlines said.

- 1,896 small areas (LSOA) are ranked
- 12 moved by more than [two tenths](https://example.org/method?a=1&b=2)
"""
SUMMARY_CY = """Faint **o** ardaloedd a symudodd? Llai nag a ddywedwyd yn y penawdau.

- Caiff 1,896 o ardaloedd bach (ACEHI) eu rhestru
- Symudodd 12 fwy na [dwy ddegfed](https://example.org/method?a=1&b=2)
"""


CHART = """
```chart
title: How they read it
How | Readers
Only skim it | 23
Read it with care | 8
```
"""


def chart_code():
    """What stands in the address of the chart's picture."""
    return mail_charts.addresses(CHART)(0).rstrip("/").rsplit("/", 1)[1]


def png(width, height, colour=(23, 69, 107)):
    """A picture of one colour."""
    row = b"\0" + bytes(colour) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(row * height)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def make_picture(article, *, name="map", width=1200, height=600, pk=None):
    """Kept under the very name that it is asked for."""
    path = f"pictures/2026/{name}-{article.slug}.png"
    default_storage.delete(path)
    default_storage.save(path, ContentFile(png(width, height)))
    return Picture.objects.create(
        pk=pk,
        article=article,
        name=name,
        upload=path,
        width=width,
        height=height,
        alt_en="A map of Wales: the valleys are the darkest",
        alt_cy="Map o Gymru: y cymoedd sydd dywyllaf",
    )


def make(**of_newsletter):
    """Two articles: one with a picture, what it means and links; one with words only."""
    study = factories.make_study(
        slug="index", title_en="The Index & its uses", title_cy="Y Mynegai a'i ddefnydd"
    )
    masthead = default_storage.save("mastheads/index.png", ContentFile(png(1200, 200)))
    words = {
        "slug": "index-news",
        "title_en": "Index news",
        "title_cy": "Newyddion y Mynegai",
        "sender_name_en": "Index team (synthetic)",
        "sender_name_cy": "Tîm y Mynegai (synthetig)",
        "reply_address": "answers@example.org",
        "colour": "#7a1f3d",
        "masthead": masthead,
        "masthead_alt_en": "Index news: a row of terraced houses",
        "masthead_alt_cy": "Newyddion y Mynegai: rhes o dai teras",
    }
    newsletter = factories.make_newsletter(
        pk=9001, study=study, **words | of_newsletter
    )
    issue = factories.make_issue(
        pk=9001,
        newsletter=newsletter,
        slug="index-news-march",
        title_en="What moved, and what did not",
        title_cy="Beth symudodd, a beth na wnaeth",
        intro_en="Two pieces this month, *both short*.",
        intro_cy="Dau ddarn y mis hwn, *y ddau'n fyr*.",
        is_synthetic=True,
    )
    Issue.objects.filter(pk=issue.pk).update(created_at=AT, frozen_at=AT)
    for position, article in enumerate(_articles(study), start=1):
        issue.places.create(article=article, position=position)
    return Issue.objects.select_related("newsletter__study").get(pk=issue.pk)


def _articles(study):
    first = factories.make_article(
        study=study,
        slug="what-moved",
        title_en="Which areas moved",
        title_cy="Pa ardaloedd a symudodd",
        summary_en=SUMMARY_EN,
        summary_cy=SUMMARY_CY,
        meaning_en="Check your own area before you quote a rank.",
        meaning_cy="Gwiriwch eich ardal eich hun cyn dyfynnu safle.",
    )
    make_picture(first, pk=9001)
    _links(first, study)
    second = factories.make_article(
        study=study,
        slug="how-it-is-read",
        title_en='How "Index news" is read',
        title_cy="Sut y darllenir \u201cNewyddion y Mynegai\u201d",
        summary_en="Of 41 readers, 23 skim it. This is shorter.",
        summary_cy="O 41 o ddarllenwyr, mae 23 yn ei fwrw golwg. Mae hwn yn fyrrach.",
    )
    return first, second


def _links(article, study):
    """To a report, an event, the team, and a draft that nobody may find."""
    report = factories.make_output(
        published=True, slug="report", title_en="The report", title_cy="Yr adroddiad"
    )
    event = factories.make_event(
        published=True,
        slug="reading-the-ranks",
        title_en="Reading the ranks",
        title_cy="Darllen y safleoedd",
        starts_at=datetime(2026, 5, 1, 23, 30, tzinfo=UTC),
    )
    draft = factories.make_output(slug="draft", title_en="Not out yet")
    Link.objects.create(article=article, position=1, output=report)
    Link.objects.create(article=article, position=2, event=event)
    Link.objects.create(article=article, position=3, ask=study)
    Link.objects.create(article=article, position=4, output=draft)
