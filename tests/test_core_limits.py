import time_machine
from django.test import RequestFactory
from django.utils import translation

from engagement.core import limits


def test_counts_each_by_itself():
    assert [limits.within("ask", "ann", 2) for _ in range(3)] == [True, True, False]
    assert limits.within("ask", "bob", 2)
    assert limits.within("other", "ann", 2)


def test_begins_anew_when_the_time_is_over(own_clock):
    with time_machine.travel("2026-03-01 12:00", tick=False):
        assert limits.within("ask", "ann", 1)
        assert not limits.within("ask", "ann", 1)
    with time_machine.travel("2026-03-01 13:01", tick=False):
        assert limits.within("ask", "ann", 1)


def test_says_so_on_a_page_in_the_readers_language():
    with translation.override("cy"):
        response = limits.too_many(RequestFactory().get("/cy/"))
    assert response.status_code == 429
    assert b'<html lang="cy">' in response.content
