from typing import Any

from celery import shared_task

from engagement.people.services import imports, retention


@shared_task(name="people.check_import")
def check_import(*, import_id: int, **kwargs: Any) -> None:
    imports.run_check(import_id=import_id)


@shared_task(name="people.apply_import")
def apply_import(*, import_id: int, **kwargs: Any) -> None:
    imports.run_apply(import_id=import_id)


@shared_task(name="people.sweep_imports")
def sweep_imports(**kwargs: Any) -> None:
    imports.sweep()


@shared_task(name="people.retain")
def retain(**kwargs: Any) -> None:
    retention.night(by=None)
