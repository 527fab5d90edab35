"""SPF, DKIM, DMARC, PTR and MX, asked of a real DNS server."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from engagement.mail.services.checks import dkim, dmarc, lookup, machines, spf
from tests.support import dns

OURS = "192.0.2.10"
DOMAIN = "example.org"


@pytest.fixture
def records():
    return {}


@pytest.fixture
def ask(records):
    with dns.serving(records) as port:
        yield lookup.asking("127.0.0.1", port)


def codes(findings):
    return [finding.code for finding in findings]


class TestSpf:
    @pytest.fixture
    def result(self, ask, records):
        def result(record, **more):
            records[DOMAIN, "TXT"] = ["something else", record]
            records.update(more.get("records", {}))
            return codes(spf.check(ask, DOMAIN, [OURS]))

        return result

    @pytest.mark.parametrize(
        ("record", "code"),
        [
            ("v=spf1 ip4:192.0.2.0/24 -all", "spf.lets"),
            ("v=spf1 ip4:192.0.2.10 -all", "spf.lets"),
            ("V=SPF1 IP4:192.0.2.10 -ALL", "spf.lets"),
            ("v=spf1 a:mail.example.org -all", "spf.lets"),
            ("v=spf1 a:mail.example.org/24 -all", "spf.lets"),
            ("v=spf1 mx -all", "spf.lets"),
            ("v=spf1 mx//64 -all", "spf.lets"),
            ("v=spf1 include:relay.example -all", "spf.lets"),
            ("v=spf1 redirect=relay.example", "spf.lets"),
            ("v=spf1 exists:mail.example.org -all", "spf.lets"),
            ("v=spf1 exp=why.example.org ip4:192.0.2.10 -all", "spf.lets"),
            ("v=spf1 ip6:2001:db8::/32 -all", "spf.stops"),
            ("v=spf1 -ip4:192.0.2.10 ip4:192.0.2.0/24 -all", "spf.stops"),
            ("v=spf1 include:strict.example -all", "spf.stops"),
            ("v=spf1 -all redirect=relay.example", "spf.stops"),
            ("v=spf1 ptr ~all", "spf.stops"),
            ("v=spf1", "spf.silent"),
            ("v=spf1 ?all", "spf.silent"),
        ],
    )
    def test_what_a_record_says_of_our_machine(self, result, record, code):
        others = {
            ("mail.example.org", "A"): [OURS],
            (DOMAIN, "MX"): ["10 mail.example.org."],
            ("relay.example", "TXT"): ["v=spf1 ip4:192.0.2.10 -all"],
            ("strict.example", "TXT"): ["v=spf1 -ip4:192.0.2.10 +all"],
        }
        if record.startswith("v=spf1 include:strict"):
            others["strict.example", "TXT"] = ["v=spf1 -ip4:192.0.2.10 ?all"]
        assert result(record, records=others)[-1] == code

    @pytest.mark.parametrize(
        ("record", "code"),
        [
            ("v=spf1 ip4:192.0.2.300 -all", "spf.broken"),
            ("v=spf1 ipv4:192.0.2.10 -all", "spf.broken"),
            ("v=spf1 include:nowhere.example -all", "spf.broken"),
            ("v=spf1 exists:%{i}.example.org -all", "spf.unclear"),
            ("v=spf1 a:x1.example a:x2.example a:x3.example -all", "spf.too_many"),
            ("v=spf1 redirect=example.org", "spf.too_many"),
            ("v=spf10 -all", "spf.none"),
        ],
    )
    def test_records_that_are_no_good(self, result, record, code):
        assert result(record) == [code]

    def test_the_questions_are_counted_whatever_fits_first(self, result, records):
        for number in range(11):
            records[f"m{number}.example", "A"] = ["198.51.100.1"]
        ten = " ".join(f"a:m{number}.example" for number in range(10))
        assert result(f"v=spf1 ip4:{OURS} {ten} -all")[-1] == "spf.lets"

    def test_eleven_are_too_many(self, result, records):
        for number in range(11):
            records[f"m{number}.example", "A"] = ["198.51.100.1"]
        eleven = " ".join(f"a:m{number}.example" for number in range(11))
        assert result(f"v=spf1 ip4:{OURS} {eleven} -all") == ["spf.too_many"]

    def test_anybody_at_all(self, result):
        assert result("v=spf1 +all") == ["spf.everybody", "spf.record", "spf.lets"]

    def test_none_or_several(self, ask, records):
        assert codes(spf.check(ask, DOMAIN, [])) == ["spf.none"]
        records["two.example", "TXT"] = ["v=spf1 -all", "v=spf1 ~all"]
        assert codes(spf.check(ask, "two.example", [])) == ["spf.several"]

    def test_without_our_addresses_nobody_can_say(self, ask, records):
        records[DOMAIN, "TXT"] = ["v=spf1 -all"]
        assert codes(spf.check(ask, DOMAIN, []))[-1] == "spf.no_machines"

    def test_a_server_that_fails_is_no_answer(self, ask, records):
        records[DOMAIN, "TXT"] = None
        with pytest.raises(lookup.Unanswered):
            list(spf.check(ask, DOMAIN, [OURS]))


class TestDkim:
    @pytest.fixture
    def result(self, ask, records):
        def result(*texts, selector="s1"):
            records[f"{selector}._domainkey.example.org", "TXT"] = list(texts)
            return next(dkim.check(ask, DOMAIN, [selector]))

        return result

    def record(self, key, kind="rsa"):
        der = key.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        return f"v=DKIM1; k={kind}; p={base64.b64encode(der).decode()}"

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("bits", "code"), [(2048, "dkim.key"), (1024, "dkim.weak")]
    )
    def test_how_long_a_key_is(self, result, bits, code):
        found = result(self.record(rsa.generate_private_key(65537, bits)))
        assert (found.code, found.values["bits"]) == (code, str(bits))

    def test_a_key_of_a_newer_kind(self, result):
        key = ed25519.Ed25519PrivateKey.generate()
        assert result(self.record(key, "ed25519")).code == "dkim.ed25519"
        assert result(self.record(key), selector="s2").code == "dkim.broken"

    @pytest.mark.parametrize(
        ("texts", "code"),
        [
            ([], "dkim.none"),
            (["v=DKIM1; p="], "dkim.revoked"),
            (["v=DKIM1; p=!!"], "dkim.broken"),
            (["v=DKIM1; p=AAAA"], "dkim.broken"),
            (["v=DKIM1"], "dkim.broken"),
            (["v=DKIM1; p=A", "v=DKIM1; p=B"], "dkim.several"),
        ],
    )
    def test_keys_that_are_no_good(self, result, texts, code):
        assert result(*texts).code == code

    def test_what_cannot_be_told_is_said(self, ask):
        found = codes(dkim.check(ask, DOMAIN, []))
        assert found == ["dkim.no_selectors", "dkim.relay"]


class TestDmarc:
    @pytest.mark.parametrize(
        ("record", "code"),
        [
            ("v=DMARC1; p=reject", "dmarc.acts"),
            ("v=DMARC1;p=Quarantine; rua=mailto:a@example.org", "dmarc.acts"),
            ("v=DMARC1; p=none", "dmarc.watches"),
            ("v=DMARC1; p=never", "dmarc.broken"),
            ("v=DMARC1", "dmarc.broken"),
        ],
    )
    def test_policies(self, ask, records, record, code):
        records["_dmarc.example.org", "TXT"] = [record]
        assert codes(dmarc.check(ask, DOMAIN, DOMAIN)) == [code, "dmarc.aligned"]

    def test_none_and_several(self, ask, records):
        records["_dmarc.example.org", "TXT"] = ["v=spf1 -all"]
        assert codes(dmarc.check(ask, DOMAIN, DOMAIN)) == ["dmarc.none"]
        records["_dmarc.two.example", "TXT"] = [
            f"v=DMARC1; p={p}" for p in ("none", "reject")
        ]
        assert codes(dmarc.check(ask, "two.example", "x")) == ["dmarc.several"]

    def test_the_domain_above_speaks_for_those_below(self, ask, records):
        records["_dmarc.example.org", "TXT"] = ["v=DMARC1; p=reject; sp=none"]
        [policy, near] = dmarc.check(ask, "news.example.org", "bounces.example.org")
        assert (policy.code, policy.values["place"]) == ("dmarc.watches", DOMAIN)
        assert near.code == "dmarc.aligned"

    @pytest.mark.parametrize(
        ("more", "envelope", "code"),
        [
            ("", "bounces.example.org", "dmarc.aligned"),
            ("; aspf=s", "bounces.example.org", "dmarc.apart"),
            ("; aspf=s", "example.org", "dmarc.aligned"),
            ("", "relay.example", "dmarc.apart"),
            ("", "notexample.org", "dmarc.apart"),
        ],
    )
    def test_alignment(self, ask, records, more, envelope, code):
        records["_dmarc.example.org", "TXT"] = [f"v=DMARC1; p=reject{more}"]
        assert codes(dmarc.check(ask, DOMAIN, envelope))[1] == code


class TestMachines:
    PTR = ("10.2.0.192.in-addr.arpa", "PTR")

    @pytest.mark.parametrize(
        ("names", "leads_to", "code"),
        [
            ([], OURS, "ptr.none"),
            (["mail.example.org."], OURS, "ptr.confirmed"),
            (["x.example.", "mail.example.org."], OURS, "ptr.confirmed"),
            (["mail.example.org."], "192.0.2.11", "ptr.other"),
        ],
    )
    def test_names(self, ask, records, names, leads_to, code):
        records[self.PTR] = names
        records["mail.example.org", "A"] = [leads_to]
        assert codes(machines.check_names(ask, [OURS])) == [code]

    def test_a_newer_address(self, ask, records):
        name = lookup.reverse_name("2001:db8::1").rstrip(".")
        records[name, "PTR"] = ["mail.example.org."]
        records["mail.example.org", "AAAA"] = ["2001:db8:0::1"]
        assert codes(machines.check_names(ask, ["2001:db8::1"])) == ["ptr.confirmed"]

    @pytest.mark.parametrize(
        ("rows", "code"),
        [
            ({(DOMAIN, "MX"): ["10 mx.example.org."]}, "mx.lost"),
            (
                {
                    (DOMAIN, "MX"): ["10 mx.example.org."],
                    ("mx.example.org", "A"): [OURS],
                },
                "mx.found",
            ),
            ({(DOMAIN, "MX"): ["0 ."]}, "mx.refuses"),
            ({(DOMAIN, "A"): [OURS]}, "mx.address"),
            ({}, "mx.none"),
        ],
    )
    def test_where_bounces_go(self, ask, records, rows, code):
        records.update(rows)
        assert codes(machines.check_return(ask, DOMAIN)) == [code]

    @pytest.mark.parametrize(
        ("url", "found"),
        [
            ("smtp://127.0.0.1:25", []),
            ("smtp://localhost", []),
            ("smtp+tls://8.8.8.8:587", ["8.8.8.8"]),
            ("smtp+tls://relay.example", ["8.8.4.4"]),
        ],
    )
    def test_which_are_ours(self, ask, records, settings, url, found):
        records["relay.example", "A"] = ["8.8.4.4", "10.0.0.1"]
        settings.SMTP_URL = url
        assert machines.of_ours(ask) == found
        settings.SENDING_ADDRESSES = [OURS]
        assert machines.of_ours(ask) == [OURS]
