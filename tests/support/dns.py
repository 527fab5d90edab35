"""A real DNS server for tests, over UDP on a free port; it knows what a test says."""

import socketserver
import threading
from contextlib import contextmanager

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


@contextmanager
def serving(records):
    """Gives the port. `records` is {(name, type): [answers]}; None for the answers where
    the server fails. A TXT may be as long as it likes."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            data, connection = self.request
            answer = _answer(dns.message.from_wire(data), records)
            connection.sendto(answer.to_wire(), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def _answer(query, records):
    answer, question = dns.message.make_response(query), query.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    kind = dns.rdatatype.to_text(question.rdtype)
    found = records.get((name, kind), [])
    if found is None:
        answer.set_rcode(dns.rcode.SERVFAIL)
    elif found:
        texts = [_quoted(each) if kind == "TXT" else each for each in found]
        rows = dns.rrset.from_text(question.name, 60, "IN", kind, *texts)
        answer.answer.append(rows)
    elif not any(known == name for known, _kind in records):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer


def _quoted(text):
    parts = [text[at : at + 200] for at in range(0, len(text), 200)]
    return " ".join(f'"{part}"' for part in parts)
