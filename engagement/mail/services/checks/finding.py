from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that a check has found out; `words` has the sentence of its code. Fits
    in JSON. `about` is the domain or machine, `values` what the sentence names."""

    code: str
    about: str
    values: dict[str, str] = {}
