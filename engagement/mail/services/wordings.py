"""What mail programs and servers write to people, in the words they use."""

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from engagement.mail.services.reports import line

DAEMON = re.compile(
    r"(?:^|[<\s\"])(?:mailer-?daemon|mail-?daemon|postmaster|mdaemon|"
    r"microsoftexchange[0-9a-f]{32})@?",
    re.IGNORECASE,
)
BOUNCED = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed|problem|report)|"
    r"returned mail|mail delivery (?:failed|subsystem)|failure notice|"
    r"could not (?:send|deliver)|delivery delayed|warning: message .* delayed|"
    r"methu (?:â )?(?:danfon|dosbarthu)|heb ei dd(?:anfon|osbarthu)",
    re.IGNORECASE,
)
WARNING = re.compile(
    r"delayed|this is a warning message only|will (?:keep|continue) (?:on )?trying|"
    r"you do not need to resend",
    re.IGNORECASE,
)
AWAY = re.compile(
    r"out of (?:the )?office|auto(?:matic|mated)?[ -]?(?:repl|respon)|^auto:|"
    r"\b(?:on|annual|maternity|paternity|parental|sick) leave\b|\bvacation\b|"
    r"\bon (?:my )?holidays?\b|away from (?:my|the) (?:office|desk|e-?mail)|"
    r"\bi am away\b|not in the office|no longer works? (?:here|for|at)|"
    r"y?mateb awtomatig|ateb awtomatig|(?:allan|i ffwrdd) o.r swyddfa|"
    r"ar (?:fy )?(?:ng)?wyliau|gwyliau blynyddol|(?:absenoldeb|cyfnod) mamolaeth|"
    r"ddim yn y swyddfa|yn ôl yn y swyddfa",
    re.IGNORECASE,
)
CHALLENGED = re.compile(
    r"\[?(?:spam ?arrest|boxbe|tmda|mailblocks|bluebottle|sender ?verification)\]?|"
    r"(?:confirm|verify|prove)\b.{0,40}\b(?:you are (?:a )?(?:human|person)|"
    r"your (?:message|e-?mail|identity) (?:to|before|so)|you are not (?:a )?(?:robot|spam))|"
    r"(?:message|mail) (?:is|has been) (?:held|waiting).{0,80}(?:confirm|verif|approv)|"
    r"(?:click|reply|follow).{0,80}(?:release|deliver) your (?:message|e-?mail)|"
    r"not (?:yet )?on (?:my|the|our) (?:approved|allowed|white) ?-?list|"
    r"please confirm your (?:message|e-?mail to)",
    re.IGNORECASE | re.DOTALL,
)
# Of one part: what people are told stands at its beginning.
MOST_BYTES = 100_000
AUTOMATIC = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply")


def subject(message: Message) -> str:
    """Decoded, on one line."""
    raw = line(message, "Subject")
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    # What is encoded wrongly is read as it stands.
    except (HeaderParseError, LookupError, ValueError):
        return raw


def is_bounce(message: Message, title: str) -> bool:
    """From a mail server, by its name, a header that only bounces have, or the subject."""
    if message.get("X-Failed-Recipients"):
        return True
    if AWAY.search(title):
        return False
    return bool(DAEMON.search(line(message, "From")) or BOUNCED.search(title))


def is_warning(title: str, text: str) -> bool:
    """The server still tries."""
    return bool(WARNING.search(title) or WARNING.search(text[:2000]))


def is_challenge(message: Message, title: str, text: str) -> bool:
    """It would have a person of ours prove that we are none."""
    sender = line(message, "From")
    return bool(CHALLENGED.search(f"{sender}\n{title}\n{text[:2000]}"))


def is_automatic(message: Message, title: str) -> bool:
    """RFC 3834, and what programs wrote before it."""
    said = line(message, "Auto-Submitted").lower()
    if said and not said.startswith("no"):
        return True
    precedence = line(message, "Precedence").lower()
    answer = bool(message.get("In-Reply-To"))
    if precedence == "auto_reply" or (precedence in {"bulk", "junk"} and answer):
        return True
    return any(message.get(name) for name in AUTOMATIC) or bool(AWAY.search(title))


def decoded(part: Message) -> str:
    """The text of one part, as well as it can be read; of HTML what stands in it."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    payload = payload[:MOST_BYTES]
    try:
        text = payload.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        text = payload.decode("utf-8", "replace")
    if part.get_content_subtype() == "html":
        text = re.sub(r"<br[^>]*>|</(?:p|div|tr|h\d)>", "\n", text)
        text = re.sub(r"<[^>]{0,500}>", " ", text)
    return text
