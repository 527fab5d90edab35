"""Programs that are no readers, by what they call themselves.

COUNTER 5.1 (section 7.8) leaves out what is on its list of robots, which is matched
without regard to case. Its Python package, `counter-robots`, looks at the case, and so
takes many for people; here its patterns are used and not its functions. Beside it stands
a second list, `crawler-user-agents`, and what neither knew on SUPPLEMENTED.
"""

import re
from functools import cache
from importlib.resources import files

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

SUPPLEMENTED = "2026-11-28"

# Each with the rule's name that hits keep.
SUPPLEMENT = {
    "mail scanner": (
        r"barracuda|mimecast|proofpoint|urldefen[sc]e|messagelabs|symantec|forcepoint|"
        r"websense|sophos|trendmicro|trend micro|fireeye|trellix|fortiguard|fortimail|"
        r"fortisandbox|ironport|cisco secure email|agari|zscaler|checkpoint|avanan|"
        r"harmony email|cloudmark|spamhaus|spamassassin|rspamd|mailscanner|mailguard|"
        r"hornetsecurity|vade ?secure|retarus|egress|tessian|ironscales|abnormal ?security|"
        r"area1|safelinks|office ?365 ?atp|microsoft ?defender|exchangeonlineprotection|"
        r"urlscan|virustotal|phishtank|netskope|menlo ?security|paloalto|wildfire|"
        r"kaspersky|bitdefender|eset ?(mail|gateway)|clamav|google[- ]?safe ?browsing"
    ),
    "link preview": (
        r"facebookexternalhit|facebookcatalog|meta-externalfetcher|twitterbot|whatsapp/|"
        r"telegrambot|discordbot|slack-|slackbot|skypeuripreview|microsoftpreview|"
        r"teams(bot|-?linkpreview)|linkedinbot|linkpreview|link ?expan|embedly|iframely|"
        r"redditbot|mastodon/|pleroma|akkoma|misskey|bluesky|cardyb|signal-?preview|"
        r"^viber|snapchatads|flipboard(proxy|rss)|pinterest/0|vkshare|opengraph|unfurl|zoominfo|"
        r"google-pagerenderer|google web preview|bingpreview|notion-?(preview|link)"
    ),
    "AI crawler": (
        r"gptbot|oai-searchbot|chatgpt|openai|claude(bot|-|/)|anthropic|perplexity|"
        r"google-extended|googleother|gemini-|bytespider|ccbot|cohere|meta-external|"
        r"amazonbot|applebot|diffbot|youbot|duckassist|mistralai|deepseek|timpibot|"
        r"omgili|imagesiftbot|ai2bot|kagibot|pangubot|petalbot|webzio|firecrawl|"
        r"crawl4ai|jina(ai|-)|tavily|exa(bot|search)|novaact|cotoyogi"
    ),
    "HTTP library": (
        r"^(python|java|ruby|perl|php|go|rust|dart|node|deno|bun|curl|wget|lua|r|"
        r"julia|elixir|erlang|kotlin|swift|dotnet)\b[-/ ]?[\w.]*$|python-|aiohttp|httpx|"
        r"urllib|requests/|okhttp|axios|node-fetch|undici|got \(|superagent|guzzle|"
        r"http_?client|httpurlconnection|go-resty|reqwest|hyper/|libcurl|libwww-perl|"
        r"lwp::|mechanize|winhttp|wininet|windows-?http|powershell|restsharp|postman|"
        r"insomnia|httpie|faraday|typhoeus|httparty|rest-client|scrapy|colly|"
        r"apache-http|jersey/|dalvik/[\d.]+$|cpp-httplib|elastic-heartbeat|"
        r"microsoft office (existence|protocol) discovery|microsoft bits|webdav"
    ),
    "driven browser": (
        r"headless|phantomjs|slimerjs|puppeteer|playwright|selenium|webdriver|cypress|"
        r"electron-?scraper|splash/|htmlunit|zombie\.js|nightmare|lighthouse|pagespeed|"
        r"gtmetrix|pingdom|uptime|statuscake|site24x7|datadog|newrelic|newrelicpinger|"
        r"check_http|monitor(ing|is)|jmeter|k6/|locust|apachebench|siege/"
    ),
}
# Makers of telephones whose names are on the list by accident.
SPARED = re.compile(r"\bcubot\b|\bmotorola\b", re.IGNORECASE)
# Text browsers, and programs in which one person reads feeds or mail. The list knows
# some by their library, or because they ask by themselves.
OF_ONE_PERSON = re.compile(
    r"^(?:lynx|e?links|w3m|netnewswire|reeder|quiterss|liferea|akregator|newsboat|"
    r"rssowl|rssguard|vienna|fluent reader|newsflash|unread|thunderbird)\b(?!.*\bbot\b)",
    re.IGNORECASE,
)


def rule(agent: str) -> str:
    """The name of the rule by which it is a robot, "" where it is none."""
    agent = SPARED.sub("", agent)
    for name, pattern in _supplement():
        if pattern.search(agent):
            return name
    return "known robot" if _listed().search(agent) else ""


@cache
def _supplement() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(p, re.IGNORECASE)) for name, p in SUPPLEMENT.items()]


@cache
def _listed() -> re.Pattern[str]:
    """All patterns as one, so that an agent is searched once."""
    folder = files("counter_robots") / "data"
    listed = [(folder / f"{name}.txt").read_text() for name in ("robot", "machine")]
    patterns = [line for text in listed for line in text.splitlines() if line]
    patterns += [entry["pattern"] for entry in CRAWLER_USER_AGENTS_DATA]
    return re.compile("|".join(patterns), re.IGNORECASE)
