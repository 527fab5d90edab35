"""The pictures of an article."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core import tokens
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.forms.pictures import AddPicturesForm, PictureForm
from newsletters.models import Picture
from newsletters.services import pictures
from newsletters.views.articles import pair

manage_only = requires("newsletters.manage")
BACK = "picture-back"


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_pictures(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    """All of them, each with a form of its own; POST adds some."""
    _issue, found = pair(pk, article)
    files = request.FILES if request.method == "POST" else None
    form = AddPicturesForm(posted(request), files)
    if request.method == "POST" and form.is_valid():
        for upload in form.cleaned_data["uploads"]:
            pictures.add(by=request.user, article=found, upload=upload)
        messages.success(request, _("Added. Now say what each picture shows."))
        return redirect("newsletters:edit_pictures", pk, article)
    return _page(request, pk, article, form)


@manage_only
@require_POST
def change_picture(
    request: StaffRequest, pk: int, article: int, picture: int
) -> HttpResponse:
    found = _find(pk, article, picture)
    form = PictureForm(request.POST, instance=found, prefix=str(picture))
    if form.is_valid():
        try:
            pictures.change(by=request.user, picture=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("newsletters:edit_pictures", pk, article)
    return _page(request, pk, article, form)


@manage_only
@require_POST
def move_picture(
    request: StaffRequest, pk: int, article: int, picture: int
) -> HttpResponse:
    found = _find(pk, article, picture)
    pictures.move(by=request.user, picture=found, up=request.POST.get("to") == "up")
    return redirect("newsletters:edit_pictures", pk, article)


@manage_only
@require_POST
def remove_picture(
    request: StaffRequest, pk: int, article: int, picture: int
) -> HttpResponse:
    """The page then offers to put it back, for a day."""
    values = pictures.remove(by=request.user, picture=_find(pk, article, picture))
    address = reverse("newsletters:edit_pictures", args=[pk, article])
    return redirect(f"{address}?removed={tokens.make(BACK, values)}")


@manage_only
@require_POST
def restore_picture(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    _issue, found = pair(pk, article)
    try:
        values = tokens.read(BACK, request.POST.get("removed", ""))
        if values["article"] != article:
            raise Http404
        pictures.restore(by=request.user, article=found, values=values)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is back."))
    return redirect("newsletters:edit_pictures", pk, article)


@manage_only
@require_safe
def show_picture(
    request: StaffRequest, pk: int, article: int, picture: int
) -> HttpResponseBase:
    """The file, for the editor."""
    try:
        return FileResponse(_find(pk, article, picture).upload.open("rb"))
    except FileNotFoundError as error:
        raise Http404 from error


def _find(pk: int, article: int, picture: int) -> Picture:
    _issue, found = pair(pk, article)
    rows = Picture.objects.select_related("article")
    return get_object_or_404(rows, pk=picture, article=found)


def _page(request: StaffRequest, pk: int, article: int, form: Any) -> HttpResponse:
    """`form` is the one that was sent: its errors are shown, the others are new."""
    issue, found = pair(pk, article)
    sent = form.prefix if isinstance(form, PictureForm) else None
    rows = [
        form
        if str(picture.pk) == sent
        else PictureForm(instance=picture, prefix=str(picture.pk))
        for picture in found.pictures.all()
    ]
    context = {
        "issue": issue,
        "article": found,
        "rows": rows,
        "form": form,
        "add": AddPicturesForm() if sent else form,
        "removed": request.GET.get("removed", ""),
    }
    status = 422 if form.errors else 200
    return render(request, "newsletters/pictures.html", context, status=status)
