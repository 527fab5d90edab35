"""A PDF is made of what the page says, and of nothing fetched."""

import copy
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread

import pypdf
import pytest

from engagement.core import pdf

pytestmark = pytest.mark.slow


@pytest.fixture
def page(settings, tmp_path):
    """Renders a page of the test's own."""

    def render(html):
        (tmp_path / "page.html").write_text(html, encoding="utf-8")
        templates = copy.deepcopy(settings.TEMPLATES)
        templates[0]["DIRS"].append(tmp_path)
        settings.TEMPLATES = templates
        return pdf.render("page.html", {})

    return render


@pytest.fixture
def asked():
    """What a server on this machine was asked for."""
    paths = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    paths.append(f"http://127.0.0.1:{server.server_port}")
    yield paths
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched_from_the_network_or_the_disk(page, asked, tmp_path):
    (tmp_path / "secret.txt").write_text("secret words")
    url = asked[0]
    file = page(
        f"""<html lang="cy"><head><title>T</title>
        <link rel="stylesheet" href="{url}/a.css">
        <link rel="attachment" href="file://{tmp_path}/secret.txt"></head>
        <body><img src="{url}/b.png" alt="b"><img src="file:///etc/passwd" alt="c">
        <p>Dŵr</p></body></html>"""
    )
    assert asked[1:] == []
    read = pypdf.PdfReader(BytesIO(file))
    assert "Dŵr" in read.pages[0].extract_text()
    assert not read.attachments


def test_it_is_tagged_and_says_its_language(page):
    read = pypdf.PdfReader(BytesIO(page('<html lang="cy"><title>T</title><h1>A</h1>')))
    root = read.trailer["/Root"]
    assert root["/Lang"] == "cy"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
