"""What a worker does with deliveries it has claimed already."""

from engagement.mail.services import accounts, transports
from newsletters.services import posting, segments


def send_claimed(issue, rows):
    account = accounts.usable()[0]
    prepared = {lang: segments.prepare(issue, lang) for lang in ("en", "cy")}
    with transports.open_session(account) as session:
        letters = {row: prepared[row.language] for row in rows}
        posting.post(letters, issue, session, account)
