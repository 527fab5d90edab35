import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import Role, User
from engagement.core import uploads
from engagement.core.bilingual import shown
from engagement.core.fields import NO_NUL, WELSH, AddressField, LineField, LinesField
from engagement.studies.models import Study
from newsletters.models import Newsletter
from newsletters.services.colours import contrast

LINES = (
    *("title_en", "title_cy", "frequency_en", "frequency_cy"),
    *("sender_name_en", "sender_name_cy", "masthead_alt_en", "masthead_alt_cy"),
)
# What can be read by most people, as text on white and as white text on it.
READABLE = 4.5
PRIVACY = [
    (
        "none",
        _(
            "Readers are not counted. Nothing is noted when somebody reads an issue or "
            "follows a link in it."
        ),
    ),
    (
        "unlinkable",
        _(
            "Readers are counted, nobody can say who. The figures show how many read an "
            "issue, never which people."
        ),
    ),
    (
        "named",
        _(
            "Reading is kept by name, with consent. Only of subscribers who agreed to "
            "that, and they can take it back."
        ),
    ),
]


class _StudyField(forms.ModelChoiceField[Study]):
    def label_from_instance(self, obj: Study) -> str:
        return shown(obj, "title").text


class _StudiesField(forms.ModelMultipleChoiceField[Study]):
    def label_from_instance(self, obj: Study) -> str:
        return shown(obj, "title").text


class _ColourField(LineField):
    """As "#rrggbb", whichever letters it is typed with; dark enough to be read."""

    default_error_messages = {
        "required": _("Choose a colour."),
        "invalid": _("Enter a colour such as #17456b."),
        "pale": _("Choose a darker colour: on white this one cannot be read well."),
    }

    def to_python(self, value: Any) -> Any:
        colour = str(super().to_python(value)).lower()
        if not colour:
            return colour
        if not re.fullmatch(r"#[0-9a-f]{6}", colour):
            raise forms.ValidationError(self.error_messages["invalid"])
        if contrast(colour) < READABLE:
            raise forms.ValidationError(self.error_messages["pale"])
        return colour


class NewsletterForm(forms.ModelForm[Newsletter]):
    """The settings of a newsletter; its slug is made once, from its first title."""

    study = _StudyField(
        queryset=Study.objects.all(),
        label=_("Study"),
        error_messages={"required": _("Choose a study.")},
    )
    other_studies = _StudiesField(
        queryset=Study.objects.all(),
        label=_("Also about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sender_address = AddressField(label=_("Sender's address"))
    reply_address = AddressField(
        label=_("Where answers go"),
        help_text=_("Left out: to the sender's address."),
        required=False,
    )
    privacy = forms.ChoiceField(
        label=_("What is noted of readers"), choices=PRIVACY, widget=forms.RadioSelect
    )
    picture = forms.FileField(
        label=_("Picture at the top"),
        help_text=_("PNG or JPEG. Left out: as it is now."),
        required=False,
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
        error_messages={"empty": _("The file is empty.")},
    )
    without_picture = forms.BooleanField(
        label=_("No picture at the top from now on"), required=False
    )

    class Meta:
        model = Newsletter
        fields = [
            *("title_en", "title_cy", "purpose_en", "purpose_cy", "frequency_en"),
            *("frequency_cy", "study", "other_studies", "sender_name_en"),
            *("sender_name_cy", "sender_address", "reply_address", "privacy", "colour"),
            *("masthead_alt_en", "masthead_alt_cy", "owners", "testers"),
        ]
        labels = {
            "frequency_en": _("How often, in English"),
            "frequency_cy": _("How often, in Welsh"),
            "sender_name_en": _("Sender's name in English"),
            "sender_name_cy": _("Sender's name in Welsh"),
        }
        field_classes = {
            **dict.fromkeys(LINES, LineField),
            **dict.fromkeys(("purpose_en", "purpose_cy"), LinesField),
            "colour": _ColourField,
        }
        error_messages = {
            **dict.fromkeys((*LINES, "purpose_en", "purpose_cy"), NO_NUL),
            "title_en": {"required": _("Enter a title in English."), **NO_NUL},
            "title_cy": {"required": _("Enter a title in Welsh."), **NO_NUL},
            "sender_name_en": {"required": _("Enter the sender's name."), **NO_NUL},
            "sender_name_cy": {"required": _("Enter the sender's name."), **NO_NUL},
        }
        widgets = {
            **dict.fromkeys(
                (name for name in LINES if name.endswith("cy")), forms.TextInput(WELSH)
            ),
            "purpose_en": forms.Textarea({"rows": 4}),
            "purpose_cy": forms.Textarea({"rows": 4, **WELSH}),
            "colour": forms.TextInput({"type": "color"}),
            "owners": forms.CheckboxSelectMultiple,
            "testers": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "purpose_en": _("You can use Markdown."),
            "purpose_cy": _("You can use Markdown."),
            "colour": _("Of headings and buttons. Dark enough to be read on white."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(
            is_active=True, role__in=[Role.MANAGER, Role.ADMINISTRATOR]
        ).order_by("name", "pk")
        for name in ("owners", "testers"):
            self.fields[name].queryset = staff  # type: ignore[attr-defined]

    def clean_picture(self) -> "UploadedFile[Any] | None":
        picture: UploadedFile[Any] | None = self.cleaned_data["picture"]
        if picture:
            uploads.check_picture(picture)
        return picture

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        keeps = self.instance.masthead and not data.get("without_picture")
        if data.get("picture") or keeps:
            for name in ("masthead_alt_en", "masthead_alt_cy"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Say what the picture shows."))
        return data

    def values(self) -> dict[str, Any]:
        """The columns, without what is done about the picture."""
        own = {"picture", "without_picture"}
        return {name: v for name, v in self.cleaned_data.items() if name not in own}
