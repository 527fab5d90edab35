"""Surveys: brought in and looked at by staff, published, read by everybody."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import public, requires
from engagement.core.errors import Refused
from engagement.evidence import survey_tables
from engagement.evidence.forms.surveys import BringInForm
from engagement.evidence.models import Survey
from engagement.evidence.services import surveys
from engagement.evidence.services.answers import Bad, BadAnswers
from engagement.metrics import disclosure
from engagement.metrics.intervals import wilson
from engagement.metrics.words import percent


@requires("evidence.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def list_surveys(request: StaffRequest) -> HttpResponse:
    form = BringInForm(posted(request), request.FILES or None)
    bad: list[Bad] = []
    if form.is_valid():
        try:
            survey = surveys.bring_in(by=request.user, **form.cleaned_data)
        except BadAnswers as refused:
            bad = refused.bad
            form.add_error("responses", str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(survey)
    rows = Survey.objects.select_related("study").annotate(answered=Count("responses"))
    context = {"form": form, "surveys": rows, "bad": bad}
    status = 422 if form.errors else 200
    return render(request, "evidence/surveys.html", context, status=status)


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Its tables; before it is published, for those who may publish it."""
    survey = get_object_or_404(Survey.objects.select_related("study"), slug=slug)
    may_manage = request.user.has_perm("evidence.manage")
    if not (survey.published_at or may_manage):
        raise Http404
    fewest = disclosure.threshold(public=not may_manage)
    answers = list(survey.responses.values_list("answers", flat=True))
    questions = survey_tables.questions(survey, answers, fewest=fewest)
    context = {
        "survey": survey,
        "study": survey.study,
        "answered": len(answers),
        "reached": survey_tables.reached(survey),
        "rates": _rates(survey, len(answers)),
        "questions": questions,
        "fewest": fewest,
        "hides": any(question.hides for question in questions),
        "may_manage": may_manage,
    }
    return render(request, "evidence/survey.html", context)


@requires("evidence.manage")
@require_POST
def publish(request: StaffRequest, slug: str) -> HttpResponse:
    survey = get_object_or_404(Survey, slug=slug)
    surveys.publish(by=request.user, survey=survey)
    messages.success(request, _("The survey is published."))
    return redirect(survey)


@requires("evidence.manage")
@require_POST
def discard(request: StaffRequest, slug: str) -> HttpResponse:
    survey = get_object_or_404(Survey, slug=slug)
    try:
        surveys.discard(by=request.user, survey=survey)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(survey)
    messages.success(request, _("The survey is thrown away."))
    return redirect("evidence:surveys")


def _rates(survey: Survey, answered: int) -> dict[str, str]:
    """Of those who were reached, with its interval; and of all invitations."""
    reached = survey_tables.reached(survey)
    if not reached:
        return {}
    low, high = wilson(answered, reached)
    return {
        "share": percent(answered, reached, places=1),
        "low": percent(low, places=1),
        "high": percent(high, places=1),
        "of_invited": percent(answered, survey.invited, places=1),
    }
