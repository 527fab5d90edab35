"""What an article leads to on the site. A target is written "output:3": its kind and its
number."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.moving import move_row
from newsletters.models import Article, Link
from newsletters.services.articles import held

KINDS = ("output", "event", "ask")


class LinkedAlready(Refused):
    """The article leads there already."""


def add(*, by: User | None, article: Article, target: str) -> Link:
    """At the end. The form has checked that there is such a target. Raises
    LinkedAlready."""
    kind, _colon, number = target.partition(":")
    aim = {f"{kind}_id": int(number)}
    with transaction.atomic():
        article = held(article)
        if article.links.filter(**aim).exists():
            raise LinkedAlready(_("The article leads there already."))
        last = article.links.aggregate(last=Max("position"))["last"] or 0
        link = Link.objects.create(article=article, position=last + 1, **aim)
        entries.record(by=by, action="article.link_added", target=article)
    return link


def move(*, by: User | None, link: Link, up: bool) -> None:
    """One place up or down; at the end it stays."""
    with transaction.atomic():
        article = held(link.article)
        if move_row(list(article.links.all()), link.pk, up=up):
            entries.record(by=by, action="article.links_moved", target=article)


def target_of(link: Link) -> str:
    kind = next(kind for kind in KINDS if getattr(link, f"{kind}_id"))
    return f"{kind}:{getattr(link, f'{kind}_id')}"


def remove(*, by: User | None, link: Link) -> str:
    """The target that it led to, as `add` takes it."""
    target = target_of(link)
    with transaction.atomic():
        article = held(link.article)
        link.delete()
        entries.record(by=by, action="article.link_removed", target=article)
    return target
