from typing import Any

from celery import shared_task

from engagement.groups.services import (
    chasing,
    circulation,
    notices,
    packs,
    review_clock,
)


@shared_task(name="groups.make_pack")
def make_pack(*, pack_id: int, **kwargs: Any) -> None:
    packs.make(pack_id)


@shared_task(name="groups.sweep_packs")
def sweep_packs(**kwargs: Any) -> None:
    packs.sweep()


@shared_task(name="groups.sweep_notices")
def sweep_notices(**kwargs: Any) -> None:
    notices.sweep()


@shared_task(name="groups.review_studies")
def review_studies(**kwargs: Any) -> None:
    review_clock.plan_due(by=None)
    review_clock.announce_due(by=None)


@shared_task(name="groups.circulate")
def circulate(**kwargs: Any) -> None:
    circulation.sweep()


@shared_task(name="groups.chase")
def chase(**kwargs: Any) -> None:
    chasing.remind_due(by=None)
    chasing.find_successors(by=None)
