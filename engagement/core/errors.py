"""Ways to be refused that a person is told about."""


class Refused(Exception):
    """A rule says no. The message is translated and fit to show to the person.

    Services raise a named subclass; views show `str(error)` beside the form.
    """


class AppendOnly(Exception):
    """A row that is written once was about to be changed or deleted."""
