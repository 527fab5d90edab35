"""The network between a browser and the site, which can be cut: Chromium's own switch
is forgotten as a page is loaded anew."""

import socket
import threading
from contextlib import suppress


class Cable:
    """Passes all on to a port of this machine; `url` is where to come in."""

    def __init__(self, port):
        self.port, self.is_cut, self.ends = port, False, []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self._open, daemon=True).start()

    def cut(self):
        self.is_cut = True
        while self.ends:
            _shut(self.ends.pop())

    def mend(self):
        self.is_cut = False

    def close(self):
        self.cut()
        _shut(self.door)

    def _open(self):
        with suppress(OSError):
            while True:
                near, _address = self.door.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.port))
                self.ends += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=_pass, args=pair, daemon=True).start()


def _pass(source, target):
    with suppress(OSError):
        while words := source.recv(65536):
            target.sendall(words)
    _shut(target)


def _shut(end):
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
