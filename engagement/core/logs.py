"""What a log must not keep."""

import logging
import re

# As `tokens.make` makes them, wherever they stand: in a path, or behind the `?`.
COLON = r"(?::|%3A)"
TOKEN = re.compile(rf"[\w-]+{COLON}[\w-]{{5,8}}{COLON}[\w-]{{43}}")


class WithoutTokens(logging.Filter):
    """Takes signed tokens out of what is logged: an address that was asked for may carry
    one, and it would lead from a moment to a person."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if (without := TOKEN.sub("…", said)) != said:
            record.msg, record.args = without, ()
        return True
