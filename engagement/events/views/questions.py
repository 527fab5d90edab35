"""What an event asks of those who register."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.forms.questions import QuestionForm
from engagement.events.models import Event, Question
from engagement.events.services import questions


@requires("events.manage")
@require_safe
def list_questions(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    rows = event.questions.annotate(answered=Count("answers"))
    context = {"event": event, "questions": rows.prefetch_related("options")}
    return render(request, "events/questions.html", context)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    form = QuestionForm(posted(request))
    if form.is_valid():
        questions.add(
            by=request.user,
            event=event,
            fields=form.columns(),
            options=form.options(),
        )
        messages.success(request, _("The question is saved."))
        return redirect("events:questions", slug)
    return _form(request, form, event)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.select_related("event"), pk=pk)
    form = QuestionForm(posted(request), instance=question)
    if form.is_valid():
        try:
            questions.change(
                by=request.user,
                question=question,
                fields=form.columns(),
                options=form.options(),
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The question is saved."))
            return redirect("events:questions", question.event.slug)
    return _form(request, form, question.event)


@requires("events.manage")
@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, questions.remove, _("The question is removed."))


@requires("events.manage")
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Or open it again."""
    closed = "open" not in request.POST
    text = _("The question is closed.") if closed else _("The question is asked again.")
    return _do(request, pk, questions.close, text, closed=closed)


@requires("events.manage")
@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    up = "up" in request.POST
    return _do(request, pk, questions.move, _("The order is saved."), up=up)


def _do(
    request: StaffRequest, pk: int, verb: Callable[..., Any], text: str, **more: Any
) -> HttpResponse:
    question = get_object_or_404(Question.objects.select_related("event"), pk=pk)
    try:
        verb(by=request.user, question=question, **more)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, text)
    return redirect("events:questions", question.event.slug)


def _form(request: StaffRequest, form: QuestionForm, event: Event) -> HttpResponse:
    context = {"form": form, "event": event}
    status = 422 if form.is_bound else 200
    return render(request, "events/question_form.html", context, status=status)
