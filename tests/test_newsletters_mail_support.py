"""The mail holds where it is read: by a table of what mail programs support, and in a
browser at three widths, light, dark and without pictures."""

import pytest

from newsletters.services import mail_colours, previews, rendering
from tests.support import mail_support, sample

GOOD = (
    "<!DOCTYPE html><html lang='en'><head><style>{css}</style></head>"
    "<body><table><tr><td>{body}</td></tr></table></body></html>"
)
MARKDOWN = f"""# Head

{sample.CHART}

1. one
2. two

> said

| a | b |
| - | - |
| 1 | 2 |

Term
:   What it is

https://example.org/an/address/that/is/longer/than/any/phone/is/broad?and=more

![A picture](picture:chart)

`code` and ***words***

***

    more code
"""


def rendered(language="en", markdown=""):
    issue = sample.make()
    article = issue.places.get(position=2).article
    article.summary_en += f"\n\n{markdown}"
    article.meaning_cy = f"Geiriau.\n\n{markdown}"
    article.save()
    sample.make_picture(article, name="chart")
    return rendering.render(issue, language=language)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("markdown", ["", MARKDOWN], ids=["plain", "markdown"])
def test_all_of_the_mail_is_supported(language, markdown):
    html = rendered(language, markdown).html
    assert mail_support.problems(html) == []


@pytest.mark.django_db
def test_each_excuse_is_still_needed():
    used = mail_support.enhancements(rendered().html)
    assert used == set(mail_support.ENHANCEMENTS)


@pytest.mark.parametrize(
    ("css", "body"),
    [
        (".a { display: flex; }", ""),
        (".a { display: inline-grid; }", ""),
        (".a { position: absolute; }", ""),
        (".a { border-radius: 4px; }", ""),
        (".a { background-image: url(x.png); }", ""),
        (".a { background-color: rgba(0, 0, 0, 0.5); }", ""),
        (".a { color: var(--x); }", ""),
        (".a { font-size: 1rem; }", ""),
        (".a { width: calc(100% - 1px); }", ""),
        (".a:hover { color: #000000; }", ""),
        (".a.b { color: #000000; }", ""),
        ("[data-x] { color: #000000; }", ""),
        ("@import url(x.css);", ""),
        ("@font-face { font-family: x; }", ""),
        ("@media (min-width: 400px) { .a { color: #000000; } }", ""),
        ("@media (max-width: 600px) { .a { float: left; } }", ""),
        ("}}} .a {", ""),
        ("", "<svg></svg>"),
        ("", "<script></script>"),
        ("", "<form><input></form>"),
        ("", "<video></video>"),
        ("", "<iframe></iframe>"),
        ("", "<button>x</button>"),
        ("", "<style>p { color: #000000; }</style>"),
        ("", "<p style='display: grid'>x</p>"),
        ("", "<p onclick='x'>x</p>"),
        ("", "<p style='width: 10px'>x</p>"),
        ("", "<div style='border: 1px solid #000000'>x</div>"),
        ("", "<td style='color: #000000 !important'>x</td>"),
        ("", "<abbr title='x'>x</abbr>"),
        ("", "<a href='x' style='padding: 8px'>x</a>"),
        ("", "<img src='x' alt='x'>"),
        ("", "<img src='x' alt='x' width='10' srcset='y 2x'>"),
        ("", "<link rel='stylesheet' href='x'>"),
        ("", "<!-- words -->"),
    ],
)
def test_what_is_not_supported_is_found(css, body):
    good = GOOD.format(css=".a { color: #000000; }", body="<p>x</p>")
    assert mail_support.problems(good) == []
    assert mail_support.problems(GOOD.format(css=css, body=body)) != []


@pytest.mark.django_db
def test_a_long_style_is_found():
    css = ".a { color: #000000; }" * 800
    assert mail_support.problems(GOOD.format(css=css, body="")) != []


# In a browser, from here on.

CONTRASTS = """() => [...document.querySelectorAll('body *')].filter(element =>
    [...element.childNodes].some(n => n.nodeType == 3 && n.textContent.trim())
    && element.getClientRects().length
).map(element => {
    let behind = element;
    while (behind && getComputedStyle(behind).backgroundColor == 'rgba(0, 0, 0, 0)')
        behind = behind.parentElement;
    const own = getComputedStyle(element);
    return [element.textContent.trim().slice(0, 40), own.color,
        behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)',
        parseFloat(own.fontSize)];
})"""
in_browser = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def browser_test(function):
    for mark in in_browser:
        function = mark(function)
    return function


@pytest.fixture
def mail(live_server, settings):
    settings.SITE_URL = live_server.url
    return rendered("cy", MARKDOWN)


def hexed(colour):
    red, green, blue = (
        int(part) for part in colour.strip("rgb()").replace(" ", "").split(",")
    )
    return f"#{red:02x}{green:02x}{blue:02x}"


def faint(page):
    """Words whose contrast with what is behind them is too little."""
    found = page.evaluate(CONTRASTS)
    assert len(found) > 40
    return [
        (words, colour, behind)
        for words, colour, behind, _size in found
        if mail_colours.contrast(hexed(colour), hexed(behind)) < mail_colours.ENOUGH
    ]


@browser_test
@pytest.mark.parametrize("width", [320, 600, 1200])
def test_it_fits_at_every_width(page, mail, tmp_path, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(mail.html, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    pictures = page.evaluate(
        "[...document.images].map(i => [i.naturalWidth, i.getBoundingClientRect().right,"
        " i.closest('table').getBoundingClientRect().right])"
    )
    # Two at the top, two of the article, and of the Markdown a picture and a chart, in
    # the summary that stands in for both languages or in the meaning.
    assert len(pictures) > 8
    for natural, right, sheet in pictures:
        assert natural > 0, "the picture did not load"
        assert right <= sheet + 0.5
    smallest = min(size for *_words, size in page.evaluate(CONTRASTS))
    assert smallest >= 14
    for title in ("Which areas moved", "Pa ardaloedd a symudodd"):
        assert page.get_by_role("heading", name=title, exact=True).is_visible()
    sheet = page.locator("table.sheet").bounding_box()
    assert sheet["width"] == min(width, 600)
    assert page.locator("div.preheader").is_hidden()
    shot = page.screenshot(path=tmp_path / "mail.png", full_page=True)
    assert len(shot) > 10_000


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["#17456b", "#ffd24d", "#f4f4f4", "#101010"])
def test_all_words_can_be_read(page, live_server, settings, scheme, colour):
    settings.SITE_URL = live_server.url
    issue = sample.make(colour=colour)
    page.emulate_media(color_scheme=scheme)
    page.set_content(rendering.render(issue, language="en").html)
    assert faint(page) == []
    body = hexed(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert (mail_colours.contrast(body, "#ffffff") > 10) == (scheme == "dark")


@browser_test
def test_the_dark_preview_is_what_a_dark_screen_shows(page, mail):
    page.emulate_media(color_scheme="light")
    page.set_content(previews.framed(mail, dark=True))
    shown = page.evaluate(CONTRASTS)
    page.emulate_media(color_scheme="dark")
    page.set_content(mail.html)
    assert page.evaluate(CONTRASTS) == shown


@browser_test
def test_turned_round_all_words_can_still_be_read(page, mail):
    """Some programs turn all colours round themselves."""
    page.emulate_media(color_scheme="light")
    page.set_content(mail.html)
    for words, colour, behind, _size in page.evaluate(CONTRASTS):
        turned = [
            "#" + "".join(f"{255 - int(one[at : at + 2], 16):02x}" for at in (1, 3, 5))
            for one in (hexed(colour), hexed(behind))
        ]
        assert mail_colours.contrast(*turned) >= 3, words


@browser_test
def test_without_pictures_their_words_stand_there(page, mail):
    page.route("**/*", lambda route: route.abort())
    page.set_viewport_size({"width": 600, "height": 900})
    page.set_content(mail.html)
    for alt in (
        "A map of Wales: the valleys are the darkest",
        "Map o Gymru: y cymoedd sydd dywyllaf",
    ):
        picture = page.get_by_alt_text(alt).first
        box = picture.bounding_box()
        assert box["width"] > 100
        assert box["height"] >= 18
        assert not picture.evaluate("i => i.naturalWidth")


@browser_test
def test_the_preview_s_frame_shows_the_pictures(page, live_server, settings, manager):
    from tests.conftest import signed_in

    settings.SITE_URL = live_server.url
    issue = sample.make()
    session = signed_in(manager).cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "url": live_server.url}]
    )
    page.goto(f"/en/newsletters/issues/{issue.pk}/preview/?look=phone")
    frame = page.frame_locator("iframe")
    picture = frame.get_by_alt_text("A map of Wales", exact=False)
    picture.wait_for()
    assert picture.evaluate("async i => { await i.decode(); return i.naturalWidth }")
    assert page.locator("iframe").bounding_box()["width"] <= 362
    with page.expect_popup() as opened:
        frame.get_by_role(
            "link", name="Read the whole article: Which areas moved"
        ).click()
    opened.value.get_by_role("heading", name="Which areas moved").wait_for()
    page.goto(f"/en/newsletters/issues/{issue.pk}/preview/?look=bare")
    bare = page.frame_locator("iframe").get_by_alt_text("A map of Wales", exact=False)
    bare.wait_for()
    assert not bare.evaluate("i => i.naturalWidth")
