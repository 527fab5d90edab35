"""What each finding means and what to do about it, in the reader's language."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    OK = "ok", _("In order")
    WARN = "warn", _("Worth a look")
    FAIL = "fail", _("To be put right")
    UNKNOWN = "unknown", _("Cannot be told")


OK, WARN, FAIL, UNKNOWN = Outcome
COLOURS = {OK: "green", WARN: "yellow", FAIL: "red", UNKNOWN: "grey"}
TITLES = {
    "tls": _("Encryption (TLS)"),
    "ptr": _("Names of our machines (PTR)"),
    "spf": _("Who may send for the domain (SPF)"),
    "mx": _("Where bounces go (MX)"),
    "dkim": _("Keys for signatures (DKIM)"),
    "dmarc": _("What receivers do with forgeries (DMARC)"),
    "headers": _("A mail as it would leave"),
}
Word = tuple[Outcome, str | Promise, str | Promise]
NO_ANSWER: Word = (
    UNKNOWN,
    _("Nobody answered the question for %(name)s."),
    _("See that this machine reaches the domain name system, and check again."),
)
MACHINES = _(
    "Set SENDING_ADDRESSES to the IP addresses that the mail server sends from."
)
ONE_SPF = _("Publish one TXT record that begins with v=spf1 and names the mail server.")
SPF_PART = _("Mend the record: most servers take a broken one as none.")
KEY_AGAIN = _("Have the mail server's key published again, as it gives it.")
LONGER = _("Have the mail server make a key of 2048 bits.")
TELL = _("Tell those who look after Dolen: it should always be there.")
WORDS: dict[str, Word] = {
    "tls.valid": (OK, _("The certificate is good until %(day)s."), ""),
    "tls.soon": (
        WARN,
        _("The certificate ends on %(day)s."),
        _("Have it renewed before then: no mail is sent after it."),
    ),
    "tls.unused": (
        WARN,
        _("The server offers encryption, and we do not ask for it."),
        _("Begin SMTP_URL with smtp+tls://."),
    ),
    "tls.none": (
        WARN,
        _("The server offers no encryption."),
        _("Use another server, unless this one is on the same machine."),
    ),
    "tls.bad": (
        FAIL,
        _("The encryption cannot be trusted: %(reply)s"),
        _("Give the server a certificate for its name from a known authority."),
    ),
    "tls.no_server": (
        FAIL,
        _("The mail server did not let us in: %(reply)s"),
        _("See that it runs and that SMTP_URL is right."),
    ),
    "ptr.confirmed": (OK, _("It is called %(name)s, and that leads back to it."), ""),
    "ptr.other": (
        FAIL,
        _("It is called %(name)s, which leads elsewhere."),
        _("Give that name an A or AAAA record with this address."),
    ),
    "ptr.none": (
        FAIL,
        _("It has no name."),
        _("Ask whoever gave you the address for a PTR record."),
    ),
    "ptr.no_machines": (
        UNKNOWN,
        _("It is not known from which addresses mail leaves."),
        MACHINES,
    ),
    "spf.record": (
        OK,
        _("There is one record. Questions it takes, of 10 at most: %(number)s"),
        "",
    ),
    "spf.lets": (OK, _("Mail from %(machine)s is allowed."), ""),
    "spf.silent": (
        WARN,
        _("The record does not say whether %(machine)s may."),
        ONE_SPF,
    ),
    "spf.stops": (FAIL, _("Mail from %(machine)s is not allowed."), ONE_SPF),
    "spf.none": (FAIL, _("There is no record."), ONE_SPF),
    "spf.several": (FAIL, _("There is more than one record."), ONE_SPF),
    "spf.everybody": (
        FAIL,
        _("Anybody at all may send for this domain."),
        _("End the record with ~all or -all."),
    ),
    "spf.too_many": (
        FAIL,
        _("The record takes more questions than the 10 that a server asks."),
        _("Name fewer services in it, or IP addresses in their stead."),
    ),
    "spf.broken": (FAIL, _("The record is broken at “%(part)s”."), SPF_PART),
    "spf.unclear": (
        UNKNOWN,
        _("The record depends on who writes to whom (macros)."),
        _("Send a mail to an address elsewhere and look for spf=pass in its headers."),
    ),
    "spf.no_machines": (
        UNKNOWN,
        _("It is not known from which addresses mail leaves."),
        MACHINES,
    ),
    "mx.found": (OK, _("They go to %(name)s."), ""),
    "mx.address": (
        WARN,
        _("There is no MX record, only an address of the domain itself."),
        _("Publish an MX record, so that bounces come back."),
    ),
    "mx.none": (
        FAIL,
        _("No server takes them."),
        _("Publish an MX record, so that bounces come back."),
    ),
    "mx.refuses": (
        FAIL,
        _("The domain says that it takes no mail at all."),
        _("Publish an MX record, so that bounces come back."),
    ),
    "mx.lost": (
        FAIL,
        _("%(name)s has no address."),
        _("Give it an A or AAAA record, or take it out of the MX records."),
    ),
    "dkim.key": (OK, _("The key %(selector)s has %(bits)s bits."), ""),
    "dkim.weak": (WARN, _("The key %(selector)s has only %(bits)s bits."), LONGER),
    "dkim.short": (
        FAIL,
        _("The key %(selector)s has %(bits)s bits: servers pass it over."),
        LONGER,
    ),
    "dkim.ed25519": (
        WARN,
        _("The key %(selector)s is of a kind that many servers cannot read (Ed25519)."),
        _("Have the mail server sign with an RSA key as well."),
    ),
    "dkim.none": (FAIL, _("The key %(selector)s is not published."), KEY_AGAIN),
    "dkim.several": (
        FAIL,
        _("The key %(selector)s has more than one record."),
        KEY_AGAIN,
    ),
    "dkim.revoked": (FAIL, _("The key %(selector)s has been withdrawn."), KEY_AGAIN),
    "dkim.broken": (FAIL, _("The key %(selector)s cannot be read."), KEY_AGAIN),
    "dkim.no_selectors": (
        UNKNOWN,
        _("It is not known what the keys are called."),
        _("Set DKIM_SELECTORS to the names of the mail server's keys."),
    ),
    "dkim.relay": (
        UNKNOWN,
        _("Whether mail is signed cannot be seen from here: the server does it later."),
        _(
            "Send a test to an address elsewhere and look in its headers for dkim=pass "
            "with this domain."
        ),
    ),
    "dmarc.acts": (
        OK,
        _("The record at %(place)s says what to do with forgeries: %(policy)s."),
        "",
    ),
    "dmarc.watches": (
        WARN,
        _("The record at %(place)s lets forgeries pass (p=none)."),
        _("When the reports show only your own mail, change it to p=quarantine."),
    ),
    "dmarc.none": (
        FAIL,
        _("There is no record. Large providers refuse newsletters without one."),
        _("Publish a TXT record at _dmarc of the domain: v=DMARC1; p=none to begin."),
    ),
    "dmarc.several": (
        FAIL,
        _("There is more than one record at %(place)s: servers pass them all over."),
        _("Leave one of them."),
    ),
    "dmarc.broken": (
        FAIL,
        _("The record at %(place)s has no policy that servers know."),
        _("Give it p=none, p=quarantine or p=reject."),
    ),
    "dmarc.aligned": (
        OK,
        _("The envelope's domain %(envelope)s belongs to it, so that SPF counts."),
        "",
    ),
    "dmarc.apart": (
        WARN,
        _("The envelope's domain %(envelope)s is another: SPF does not count."),
        _("See that the mail server signs (DKIM) with the domain of the sender."),
    ),
    "headers.right": (OK, _("%(name)s is there."), ""),
    "headers.missing": (FAIL, _("%(name)s is not there."), TELL),
    "headers.wrong": (
        FAIL,
        _("%(name)s is not as receivers want it."),
        _("For links to leave by, SITE_URL must begin with https://."),
    ),
    "headers.other_sender": (FAIL, _("The mail is from another address."), TELL),
    "headers.ascii": (OK, _("Letters such as ŵ are encoded in the headers."), ""),
    "headers.not_ascii": (FAIL, _("A header has letters that are not encoded."), TELL),
    "headers.size": (OK, _("Size of the HTML in KB: %(size)s"), ""),
    "headers.large": (
        WARN,
        _("Size of the HTML in KB: %(size)s. Gmail cuts off what comes after 102."),
        _("Make the summaries shorter."),
    ),
    "headers.no_mail": (
        UNKNOWN,
        _("Nothing has been written yet that could be looked at."),
        _("Write an issue, and check again."),
    ),
}


class Told(NamedTuple):
    """A finding in words."""

    outcome: Outcome
    about: str
    sentence: str
    todo: str

    @property
    def colour(self) -> str:
        return COLOURS[self.outcome]


def tell(result: Mapping[str, Any]) -> Told:
    """`result` is a finding as it is kept."""
    no_answer = str(result["code"]).endswith(".unanswered")
    outcome, sentence, todo = NO_ANSWER if no_answer else WORDS[result["code"]]
    values = result["values"]
    return Told(outcome, result["about"], str(sentence) % values, str(todo))


def title(code: str) -> str:
    return str(TITLES[code.partition(".")[0]])
