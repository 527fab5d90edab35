"""What is typed about meetings: their agenda, minutes, decisions and actions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.core.fields import NO_NUL, WELSH, NameChoice, TitleChoice
from engagement.groups.forms import BOTH, DecisionForm, MeetingForm, PaperForm
from engagement.groups.models import (
    Action,
    AgendaItem,
    Decision,
    Group,
    Meeting,
    Membership,
    MinutesNote,
    Purpose,
)

LONG = 20_000
WHICH = [
    ("", _("All")),
    ("open", _("Open")),
    ("overdue", _("Overdue")),
    ("ownerless", _("Nobody who sits owes it")),
    ("done", _("Done")),
    ("dropped", _("Not done, and why")),
]


class MemberChoice(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Membership) -> str:
        seat = shown(obj.seat, "label").text
        return f"{obj.person.name}, {seat}" if obj.person else seat


class EventChoice(forms.ModelChoiceField[Meeting]):
    def label_from_instance(self, obj: Meeting) -> str:
        day = timezone.localtime(obj.event.starts_at) if obj.event.starts_at else None
        title = shown(obj.event, "title").text
        return f"{title}, {day:%d/%m/%Y}" if day else title


class DecisionChoice(forms.ModelChoiceField[Decision]):
    def label_from_instance(self, obj: Decision) -> str:
        return f"{obj.reference}: {shown(obj, 'text').text[:80]}"


def sitting(group: Group) -> QuerySet[Membership]:
    rows = Membership.objects.on(timezone.localdate()).filter(
        seat__group=group, person__isnull=False
    )
    return rows.select_related("person", "seat").order_by("person__name", "pk")


class ItemForm(forms.ModelForm[AgendaItem]):
    owner = MemberChoice(
        queryset=Membership.objects.none(),
        label=_("Who leads it"),
        required=False,
        empty_label=_("Nobody in particular"),
    )

    class Meta:
        model = AgendaItem
        fields = ["title_en", "title_cy", "purpose", "duration", "owner"]
        error_messages = {"title_en": BOTH, "title_cy": BOTH}
        widgets = {
            "title_cy": forms.TextInput(WELSH),
            "purpose": forms.RadioSelect,
            "duration": forms.NumberInput({"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = sitting(meeting.group)
        if kept := self.instance.owner_id:
            there = there | Membership.objects.filter(pk=kept).select_related(
                "person", "seat"
            ).order_by("person__name", "pk")
        self.fields["owner"].queryset = there  # type: ignore[attr-defined]


class ItemPaperForm(PaperForm):
    """With the item that it belongs to."""

    item = TitleChoice(
        queryset=AgendaItem.objects.none(),
        label=_("Item of the agenda"),
        required=False,
        empty_label=_("None"),
    )
    purpose = forms.ChoiceField(
        label=_("What it is for"),
        choices=Purpose.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.all()  # type: ignore[attr-defined]

    def clean_purpose(self) -> str:
        return self.cleaned_data["purpose"] or Purpose.INFORMATION


class ChangeMeetingForm(MeetingForm):
    """When, where, and how to join online."""

    ends_at = forms.DateTimeField(
        label=_("Ends"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "invalid": _("Enter the day and the time, such as 03/05/2027 14:00.")
        },
    )
    join_url = forms.URLField(
        label=_("Link to join online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Shown to those who have a place, and to nobody else."),
        error_messages={"invalid": _("Enter a link like https://example.org/meeting.")},
    )

    def clean(self) -> None:
        super().clean()
        starts, ends = (self.cleaned_data.get(n) for n in ("starts_at", "ends_at"))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end must be after the start."))
        online = self.cleaned_data.get("join_url")
        there = self.cleaned_data.get("venue_en")
        self.cleaned_data["mode"] = (
            "both" if online and there else "online" if online else "venue"
        )


class MinutesForm(forms.Form):
    """`seen` is the version that was typed over."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    minutes_en = forms.CharField(
        label=_("What was said, in English"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea({"rows": 8}),
        error_messages=NO_NUL,
    )
    minutes_cy = forms.CharField(
        label=_("What was said, in Welsh"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea({"rows": 8, **WELSH}),
        error_messages=NO_NUL,
    )
    redacted = forms.BooleanField(label=_("Not for the public"), required=False)


class ApproveForm(forms.Form):
    at = EventChoice(
        queryset=Meeting.objects.none(),
        label=_("At which meeting were they approved?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a later meeting of the group.")},
    )
    public = forms.BooleanField(
        label=_("Show the minutes in public, without what is not for the public"),
        required=False,
    )

    def __init__(self, *args: Any, later: "QuerySet[Meeting]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].queryset = later  # type: ignore[attr-defined]


class NoteForm(forms.ModelForm[MinutesNote]):
    item = TitleChoice(
        queryset=AgendaItem.objects.none(),
        label=_("Item of the agenda"),
        required=False,
        empty_label=_("The minutes as a whole"),
    )

    class Meta:
        model = MinutesNote
        fields = ["item", "text_en", "text_cy"]
        error_messages = {"text_en": BOTH, "text_cy": BOTH}
        widgets = {
            "text_en": forms.Textarea({"rows": 4}),
            "text_cy": forms.Textarea({"rows": 4, **WELSH}),
        }

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.all()  # type: ignore[attr-defined]


class RecordForm(DecisionForm):
    """A decision, under which item, and which one it replaces."""

    item = TitleChoice(
        queryset=AgendaItem.objects.none(),
        label=_("Item of the agenda"),
        required=False,
        empty_label=_("None"),
    )
    replaces = DecisionChoice(
        queryset=Decision.objects.none(),
        label=_("Takes the place of"),
        required=False,
        empty_label=_("None"),
    )

    class Meta(DecisionForm.Meta):
        fields = ["text_en", "text_cy", "redacted"]

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = meeting.group.decisions.filter(replaced_by=None)
        self.fields["replaces"].queryset = standing.select_related("group")  # type: ignore[attr-defined]
        self.fields["item"].queryset = meeting.items.all()  # type: ignore[attr-defined]


class DecisionsForm(forms.Form):
    """Which to list; sent by GET, each part may be left out."""

    words = forms.CharField(
        label=_("Words, or a number such as SG-2011-04"),
        required=False,
        max_length=200,
        error_messages=NO_NUL,
    )
    group = NameChoice(
        queryset=Group.objects.all(),
        label=_("Group"),
        required=False,
        to_field_name="slug",
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such group.")},
    )
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1900,
        max_value=2200,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={"invalid": _("Enter a year, such as 2011.")},
    )


class ActionForm(forms.ModelForm[Action]):
    owner = MemberChoice(
        queryset=Membership.objects.none(),
        label=_("Who owes it"),
        required=False,
        empty_label=_("Nobody yet"),
    )

    class Meta:
        model = Action
        fields = ["text_en", "text_cy", "owner", "due_on"]
        error_messages = {
            "text_en": BOTH,
            "text_cy": BOTH,
            "due_on": {"invalid": _("Enter a date like 2026-01-31.")},
        }
        widgets = {
            "text_en": forms.Textarea({"rows": 3}),
            "text_cy": forms.Textarea({"rows": 3, **WELSH}),
            "due_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = sitting(group)  # type: ignore[attr-defined]


class NewActionForm(ActionForm):
    item = TitleChoice(
        queryset=AgendaItem.objects.none(),
        label=_("Item of the agenda"),
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, group=meeting.group, **kwargs)
        self.fields["item"].queryset = meeting.items.all()  # type: ignore[attr-defined]


class ActionsForm(forms.Form):
    which = forms.ChoiceField(label=_("Which"), required=False, choices=WHICH)
    group = NameChoice(
        queryset=Group.objects.all(),
        label=_("Group"),
        required=False,
        to_field_name="slug",
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such group.")},
    )


class SettleForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[
            (Action.State.DONE, _("It is done")),
            (Action.State.DROPPED, _("It is not done, and will not be")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    outcome_en = forms.CharField(
        label=_("What came of it, or why it was not done, in English"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages=NO_NUL,
    )
    outcome_cy = forms.CharField(
        label=_("What came of it, or why it was not done, in Welsh"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, **WELSH}),
        error_messages=NO_NUL,
    )


class DoneForm(forms.Form):
    words = forms.CharField(
        label=_("What came of it?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages=NO_NUL,
    )
