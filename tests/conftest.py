"""What every test may ask for. Nothing of ours is replaced by a stand-in."""

import os

import hypothesis
import pytest
from django.core.cache import cache
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.test import Client
from django.utils import translation

from engagement.accounts.models import Role
from engagement.audit import registry
from engagement.audit.models import Entry
from engagement.mail.models import Message
from engagement.mail.services import messages
from tests import factories
from tests.support import emptying
from tests.support import smtp as smtp_server

SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


# How long an example takes is measured by the benches, not by the tests; the first one
# pays for what is loaded once. The examples are the same each time: what fails for one
# fails for everybody. --hypothesis-profile=anew looks for others.
hypothesis.settings.register_profile(
    "anew",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "calm", parent=hypothesis.settings.get_profile("anew"), derandomize=True
)
hypothesis.settings.load_profile("calm")


def pytest_configure(config):
    """Only this machine may be reached (the socket rules come from pytest-socket)."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    emptying.instead_of_flush()


@receiver(post_save, sender=Entry)
def know_the_kind(instance, **_):
    """Whatever any test does: what it was done to has a name in the audit trail."""
    assert instance.target_kind in registry.kinds(), (
        f"Call add_kind for {instance.target_kind} in the audit.py of its app."
    )


@pytest.fixture(autouse=True)
def clean_surroundings(settings, tmp_path):
    """Files of each test in a folder of its own; English; an empty cache."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HITS_DIR = tmp_path / "hits"
    translation.activate("en")
    cache.clear()
    yield
    translation.activate("en")


@pytest.fixture
def own_clock(settings):
    """A cache that the frozen time of a test moves; Redis has a clock of its own."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "frozen"}}
    cache.clear()


@pytest.fixture
def study(db):
    return factories.make_study(slug="wimd", abbreviation_en="WIMD")


@pytest.fixture
def manager(db):
    return factories.make_user(Role.MANAGER)


@pytest.fixture
def steering_member(db):
    return factories.make_user(Role.STEERING_MEMBER)


@pytest.fixture
def administrator(db):
    return factories.make_user(Role.ADMINISTRATOR, is_superuser=True, is_staff=True)


def signed_in(user):
    client = Client()
    client.force_login(user, backend=SIGN_IN_BACKEND)
    return client


@pytest.fixture
def manager_client(manager):
    return signed_in(manager)


@pytest.fixture
def member_client(steering_member):
    return signed_in(steering_member)


@pytest.fixture
def administrator_client(administrator):
    return signed_in(administrator)


@pytest.fixture
def smtp(settings):
    catcher = smtp_server.Catcher()
    controller = smtp_server.start(catcher)
    settings.SMTP_URL = controller.url
    yield catcher
    controller.stop()


@pytest.fixture
def deliver_mail(smtp):
    """Sends every queued mail now, over real SMTP; returns what arrived since."""

    def deliver():
        before = len(smtp.messages)
        queued = Message.objects.filter(state="queued").order_by("pk")
        for pk in queued.values_list("pk", flat=True):
            messages.deliver(message_id=pk)
        return smtp.messages[before:]

    return deliver


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(10_000)
    opened = context.new_page()
    yield opened
    # What a page sends as it is left arrives before the database is emptied.
    opened.goto("about:blank")
    opened.wait_for_timeout(200)
    context.close()
