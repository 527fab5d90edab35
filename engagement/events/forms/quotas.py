from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.events.models import Event
from engagement.people.models import Sector


class QuotasForm(forms.Form):
    """A number for each sector, or none."""

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(event.quotas.values_list("sector", "places"))
        for sector in Sector:
            self.fields[sector.value] = forms.IntegerField(
                label=sector.label,
                required=False,
                min_value=0,
                max_value=100_000,
                initial=known.get(sector.value),
                widget=forms.NumberInput({"inputmode": "numeric"}),
                error_messages={"invalid": _("Enter a whole number, such as 12.")},
            )
