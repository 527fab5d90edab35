"""A real HTTP server that stands for the API of a mail provider."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HANG_UP, SILENCE = "hang up", "silence"


class Provider:
    """Answers each request with the next of `answers`, (status, body), and the last of
    them for ever; HANG_UP and SILENCE read the request and say nothing."""

    def __init__(self):
        self.answers, self.taken = [], []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self.awake = threading.Event()
        threading.Thread(
            target=self.server.serve_forever, args=[0.01], daemon=True
        ).start()

    def stop(self):
        self.awake.set()
        self.server.shutdown()
        self.server.server_close()

    def _handler(provider):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.taken.append((self.path, self.headers, body.decode()))
                turns = provider.answers
                answer = turns.pop(0) if len(turns) > 1 else turns[0]
                if answer == SILENCE:
                    provider.awake.wait(5)
                if answer in (HANG_UP, SILENCE):
                    self.close_connection = True
                    return
                status, said = answer
                said = said if isinstance(said, str) else json.dumps(said)
                self.send_response(status)
                self.send_header("Content-Length", str(len(said.encode())))
                self.end_headers()
                self.wfile.write(said.encode())

            def log_message(self, *_):
                pass

        return Handler
