"""Links to other sites are asked for, over real HTTP, and nothing inside ever is."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest

from newsletters.services import fetching
from newsletters.services.fetching import Inside, NoHost, look, public_address

HERE = "127.0.0.1"


class Site(BaseHTTPRequestHandler):
    """/404 answers 404, /to/X leads to X; what was asked is kept."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        if self.path.startswith("/to/"):
            self.answer(302, unquote(self.path.removeprefix("/to/")))
        elif self.path == "/loop":
            self.answer(301, "/loop")
        elif self.path == "/slow":
            self.slowly()
        elif self.path == "/no-head":
            self.answer(405 if self.command == "HEAD" else 200)
        else:
            self.answer(int(self.path.strip("/") or 200))

    do_GET = do_HEAD  # noqa: N815 - as the library calls it

    def answer(self, status, onward=""):
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.end_headers()

    def slowly(self):
        """A letter at a time, each in good time, for ever."""
        try:
            while True:
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer((HERE, 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(server):
    server.asked = []
    return server.asked


@pytest.fixture
def site(server, asked):
    return f"http://site.example.org:{server.server_port}"


def resolve(host, port):
    """Only this name is on the internet of these tests."""
    if host == "site.example.org":
        return HERE
    if host == "gone.example.org":
        raise NoHost(host)
    return public_address(host, port)


def told(address):
    status, reason = look(address, resolve=resolve)
    return status, reason.value


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", (200, "fine")),
        ("/204", (204, "fine")),
        ("/404", (404, "gone")),
        ("/410", (410, "gone")),
        ("/403", (403, "refused")),
        ("/500", (500, "fault")),
        ("/no-head", (200, "fine")),
        ("/to//404", (404, "gone")),
        ("/to//to//to//200", (200, "fine")),
        ("/loop", (301, "loop")),
    ],
)
def test_what_a_page_answers(site, path, found):
    assert told(f"{site}{path}") == found


def test_it_says_who_asks_and_asks_with_head_first(site, asked):
    told(f"{site}/404")
    assert [method for method, _path, _headers in asked] == ["HEAD", "GET"]
    headers = asked[0][2]
    assert headers["Host"] == site.removeprefix("http://")
    assert headers["User-Agent"].startswith("Dolen link check (+http")


def test_redirects_come_to_an_end(site, asked):
    told(f"{site}/loop")
    assert len(asked) == fetching.MOST_REDIRECTS + 1


def test_letters_that_no_address_may_have_are_escaped(site, asked):
    told(f"{site}/404?q=tŷ bach")
    assert asked[0][1] == "/404?q=t%C5%B7%20bach"


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.1:{port}/200",
        "http://2130706433:{port}/200",
        "http://[::1]:{port}/200",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]:{port}/200",
    ],
)
def test_nothing_inside_is_asked_neither_at_once_nor_by_a_redirect(
    server, site, asked, inside
):
    inside = inside.format(port=server.server_port)
    assert told(inside) == (None, "inside")
    assert asked == []
    assert told(f"{site}/to/{inside}") == (None, "inside")
    assert len(asked) == 1


def test_the_machine_that_was_resolved_is_the_one_that_is_asked(site, asked):
    """A name that would answer otherwise the second time."""
    answers = [HERE]
    assert look(f"{site}/200", resolve=lambda *_name: answers.pop()).status == 200
    assert len(asked) == 1


@pytest.mark.parametrize(
    "onward",
    ["ftp://site.example.org/", "file:///etc/passwd", "http://a:b@x.example.org/"],
)
def test_a_redirect_leads_to_pages_alone(site, asked, onward):
    assert told(f"{site}/to/{onward}") == (None, "silent")
    assert len(asked) == 1


def test_where_nothing_answers(site):
    assert told("http://gone.example.org/") == (None, "no_host")
    with socket.socket() as closed:
        closed.bind((HERE, 0))
        port = closed.getsockname()[1]
        assert told(f"http://site.example.org:{port}/") == (None, "silent")
    assert told(site.replace("http:", "https:")) == (None, "insecure")
    assert told("http://a..b/") == (None, "silent")


@pytest.mark.slow
def test_an_answer_letter_by_letter_is_cut_off(site, monkeypatch):
    monkeypatch.setattr(fetching, "LONGEST", 0.3)
    begun = time.monotonic()
    assert told(f"{site}/slow") == (None, "silent")
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound to it
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::101:101", True),
    ],
)
def test_which_numbers_are_public(number, public):
    assert fetching.is_public(number) == public


def names(known):
    """Asks a directory of names that holds these."""

    def ask(host, port, **kind):
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(None, None, None, "", (number, port)) for number in known[host]]

    return ask


def test_a_name_with_one_number_inside_is_inside():
    known = {"a.example.org": ["1.1.1.1", "10.0.0.1"], "b.example.org": ["1.1.1.1"]}
    assert public_address("b.example.org", 80, ask=names(known)) == "1.1.1.1"
    with pytest.raises(Inside):
        public_address("a.example.org", 80, ask=names(known))


def test_without_a_network_no_name_is_wrong():
    with pytest.raises(NoHost):
        public_address(
            "x.example.org", 80, ask=names({fetching.KNOWN_NAME: ["1.1.1.1"]})
        )
    with pytest.raises(socket.gaierror):
        public_address("x.example.org", 80, ask=names({}))
