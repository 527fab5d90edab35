"""What the staff gallery shows: every component once, with made-up content."""

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core import charts

CHOICES = [("en", gettext_lazy("English")), ("cy", gettext_lazy("Welsh"))]
REQUIRED = {"required": gettext_lazy("Fill this in.")}


class Sample(forms.Form):
    """A field of each kind."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("A hint says what is expected."),
        error_messages=REQUIRED,
    )
    long_text = forms.CharField(
        label=gettext_lazy("Longer text"),
        widget=forms.Textarea({"rows": 3}),
        error_messages=REQUIRED,
    )
    choice = forms.ChoiceField(
        label=gettext_lazy("A choice from a list"),
        error_messages=REQUIRED,
        choices=[("", gettext_lazy("Choose one")), *CHOICES],
    )
    one = forms.ChoiceField(
        label=gettext_lazy("One of a few"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages=REQUIRED,
    )
    several = forms.MultipleChoiceField(
        label=gettext_lazy("Any of a few"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number"),
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )
    file = forms.FileField(label=gettext_lazy("File"), error_messages=REQUIRED)
    agreed = forms.BooleanField(
        label=gettext_lazy("A single box to tick"), required=False
    )


def context() -> dict[str, object]:
    """What gallery.html needs."""
    return {
        "sample": Sample(),
        "wrong": Sample({}, prefix="wrong"),
        "page": Paginator(range(30), 10).page(2),
        "chart": _chart(),
        "facts": [(_("File"), "map.pdf"), (_("Recipients"), "24")],
        "colours": ("grey", "green", "blue", "yellow", "red", "purple"),
    }


def _chart() -> charts.Chart:
    rows = [
        charts.Bar(_("Local authority"), 0.62, _("62 per cent (48 to 74)"), 0.48, 0.74),
        charts.Bar(
            _("Voluntary sector"), 0.31, _("31 per cent (17 to 49)"), 0.17, 0.49
        ),
        charts.Bar(_("Academic"), None, _("hidden")),
    ]
    return charts.bars(
        _("A chart with intervals"),
        _(
            "Bars of shares by sector. The line through the end of a bar is its interval."
        ),
        rows,
    )
