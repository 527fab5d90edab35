"""A small IMAP server for tests: one mailbox, and the commands that a reader needs."""

import base64
import re
import socketserver
import threading

PASSWORD = "secret"


class Mailbox(socketserver.ThreadingTCPServer):
    """`mails` by UID, `seen` the UIDs read."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mails):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails = dict(enumerate(mails, start=7))
        self.seen, self.log = set(), []
        self.password, self.token = PASSWORD, "token"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, user="bounces%40example.org", password=PASSWORD, folder="INBOX"):
        port = self.server_address[1]
        return f"imap://{user}:{password}@127.0.0.1:{port}/{folder}"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, command, *rest = line.split(" ", 2)
            arguments = rest[0] if rest else ""
            self.server.log.append(f"{command} {arguments}".strip())
            if command == "UID":
                command, arguments = arguments.split(" ", 1)
            answer = getattr(self, f"do_{command.lower()}")(arguments)
            self.say(f"{tag} {answer or 'OK done'}")
            if command == "LOGOUT":
                return

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def do_capability(self, _arguments):
        self.say("* CAPABILITY IMAP4rev1 AUTH=XOAUTH2")

    def do_login(self, arguments):
        if arguments != f'"bounces@example.org" "{self.server.password}"':
            return "NO wrong password"
        return None

    def do_authenticate(self, arguments):
        assert arguments == "XOAUTH2"
        self.say("+ ")
        said = base64.b64decode(self.rfile.readline()).decode()
        token = self.server.token
        if said != f"user=bounces@example.org\1auth=Bearer {token}\1\1":
            self.say("+ " + base64.b64encode(b'{"status": "401"}').decode())
            assert self.rfile.readline() == b"\r\n"
            return "NO invalid token"
        return None

    def do_select(self, arguments):
        if arguments != '"INBOX"':
            return "NO no such mailbox"
        self.say(f"* {len(self.server.mails)} EXISTS")
        return None

    def do_search(self, arguments):
        assert arguments == "UNSEEN"
        unseen = [str(uid) for uid in self.server.mails if uid not in self.server.seen]
        self.say(" ".join(["* SEARCH", *unseen]))

    def do_fetch(self, arguments):
        match = re.fullmatch(r"(\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", arguments)
        raw = self.server.mails[int(match[1])][: int(match[2])]
        head = f"* 1 FETCH (UID {match[1]} BODY[]<0> {{{len(raw)}}}\r\n"
        self.wfile.write(head.encode() + raw + b")\r\n")

    def do_store(self, arguments):
        uid, what = arguments.split(" ", 1)
        assert what == r"+FLAGS.SILENT (\Seen)"
        self.server.seen.add(int(uid))

    def do_logout(self, _arguments):
        self.say("* BYE")
