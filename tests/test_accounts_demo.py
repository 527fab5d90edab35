import pytest

from engagement.accounts import demo
from engagement.accounts.models import Role, User

pytestmark = pytest.mark.django_db


def test_makes_its_accounts_once(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "only for a test")
    demo.load()
    before = list(User.objects.order_by("pk").values())
    demo.load()
    assert list(User.objects.order_by("pk").values()) == before
    roles = sorted(User.objects.values_list("role", flat=True))
    # Two managers: who wrote an issue does not approve it.
    assert roles == sorted([*Role.values, Role.MANAGER])
    assert all("(synthetic)" in user.name for user in User.objects.all())
    assert all(user.check_password("only for a test") for user in User.objects.all())


def test_only_the_administrator_has_all_rights(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "only for a test")
    demo.load()
    (administrator,) = User.objects.filter(is_superuser=True)
    assert administrator.email == "administrator@example.org"
    assert list(User.objects.filter(is_staff=True)) == [administrator]


def test_without_a_password_nobody_can_sign_in(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    demo.load()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_a_new_password_replaces_the_old_one(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "the first one")
    demo.load()
    monkeypatch.setenv("DEMO_PASSWORD", "the second one")
    demo.load()
    assert User.objects.first().check_password("the second one")
