"""What the machine must have, asked at each start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as Notice

from engagement.core.markup import painting


@register
def font(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if painting.can_draw():
        return []
    return [
        Notice(
            f"There is no font for the charts in mails: {painting.FONT}",
            hint=f"Install Debian's package {painting.PACKAGE}. Until then such mails have "
            "the tables of their charts alone.",
            id="core.W001",
        )
    ]
