"""COUNTER's exceptions (Appendix D): in an answer of their own, or in a report's header."""

from typing import NamedTuple

# Code: (message, HTTP status). The words are COUNTER's and stay as they are.
TABLE = {
    1000: ("Service Not Available", 503),
    1020: ("Client has made too many requests", 429),
    1030: ("Insufficient Information to Process Request", 400),
    2010: ("Requestor is Not Authorized to Access Usage for Institution", 403),
    3020: ("Invalid Date Arguments", 400),
    3030: ("No Usage Available for Requested Dates", 200),
    3031: ("Usage Not Ready for Requested Dates", 200),
    3032: ("Usage No Longer Available for Requested Dates", 200),
    3050: ("Parameter Not Recognized in this Context", 200),
    3060: ("Invalid ReportFilter Value", 200),
    3062: ("Invalid ReportAttribute Value", 200),
    3063: ("Components Not Supported", 200),
}


class Remark(NamedTuple):
    """Why a report differs from what was asked for."""

    code: int
    data: str = ""

    @property
    def message(self) -> str:
        return TABLE[self.code][0]

    def as_json(self) -> dict[str, object]:
        found: dict[str, object] = {"Code": self.code, "Message": self.message}
        return found | {"Data": self.data} if self.data else found

    def as_text(self) -> str:
        """For the header of a table (Table 3.f)."""
        head = f"{self.code}: {self.message}"
        return f"{head} ({self.data})" if self.data else head


class Stopped(Exception):
    """There is no report; the answer is this exception alone."""

    def __init__(self, code: int, data: str = "") -> None:
        super().__init__(data)
        self.remark = Remark(code, data)
        self.status = TABLE[code][1]
