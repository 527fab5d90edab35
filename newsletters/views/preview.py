"""An issue as its readers will get it, before they do."""

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.bilingual import active, shown
from engagement.core.errors import Refused
from engagement.mail.views.caught import MAIL_POLICY
from newsletters.forms.preview import FindSubscriberForm, LookForm, TestForm
from newsletters.models import Issue, Subscription
from newsletters.services import previews, rendering, sending, testing

manage_only = requires("newsletters.manage")
MOST_FOUND = 25
# A link opens a window of its own, which is a page like any other.
SANDBOX = ["allow-popups", "allow-popups-to-escape-sandbox"]
POLICY = MAIL_POLICY | {"sandbox": SANDBOX}
NO_PICTURES = POLICY | {"img-src": ["'none'"]}


@manage_only
@require_safe
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """Headers, HTML and text; any order of languages, or one subscriber's own."""
    issue = _issue(pk)
    reader = _reader(request, issue)
    asked = request.GET.copy()
    asked.setdefault("first", reader.person.language if reader else "en")
    form = LookForm(asked)
    chosen = form.cleaned_data if form.is_valid() else {}
    first, look = chosen.get("first", "en"), chosen.get("look", [])
    rendered = rendering.render(issue, language=first)
    context = {
        "issue": issue,
        "form": form,
        "first": first,
        "look": look,
        "reader": reader,
        "rendered": rendered,
        "kilobytes": max(1, round(rendered.size / 1000)),
        "sender": shown(issue.newsletter, "sender_name", first).text,
        "obstacles": list(sending.obstacles(issue, rendered)),
    }
    status = 422 if form.errors else 200
    return render(request, "newsletters/preview.html", context, status=status)


@manage_only
@require_safe
@xframe_options_sameorigin
def preview_html(request: StaffRequest, pk: int, first: str) -> HttpResponseBase:
    """The mail's own HTML, for a frame."""
    language = "cy" if first == "cy" else "en"
    rendered = rendering.render(_issue(pk), language=language)
    looks = request.GET.getlist("look")
    html = previews.framed(rendered, dark="dark" in looks)
    policy = csp_replace(NO_PICTURES if "bare" in looks else POLICY)
    return policy(lambda _request: HttpResponse(html))(request)


@manage_only
@require_safe
def find_subscriber(request: StaffRequest, pk: int) -> HttpResponse:
    """Whose preview it shall be."""
    issue = _issue(pk)
    form = FindSubscriberForm(request.GET or None)
    found: list[Subscription] = []
    if form.is_valid():
        known = previews.subscribers(issue.newsletter, form.cleaned_data["words"])
        found = list(known[:MOST_FOUND])
    context = {"issue": issue, "form": form, "found": found}
    status = 422 if form.errors else 200
    return render(request, "newsletters/preview_as.html", context, status=status)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def send_test(request: StaffRequest, pk: int) -> HttpResponse:
    """To the testers who are ticked."""
    issue = _issue(pk)
    form = TestForm(posted(request), issue=issue, initial={"first": active()})
    if request.method == "POST" and form.is_valid():
        testers = list(form.cleaned_data["testers"])
        language = form.cleaned_data["first"]
        try:
            testing.send(
                by=request.user, issue=issue, testers=testers, language=language
            )
        except Refused as refused:
            form.add_error("testers", str(refused))
        else:
            messages.success(
                request, _("The test is on its way. Mails: %(n)s") % {"n": len(testers)}
            )
            return redirect("newsletters:preview", pk)
    status = 422 if form.errors else 200
    context = {"issue": issue, "form": form}
    return render(request, "newsletters/send_test.html", context, status=status)


def _reader(request: HttpRequest, issue: Issue) -> Subscription | None:
    """Raises Http404 for somebody who does not get the newsletter."""
    asked = request.GET.get("reader", "")
    if not asked:
        return None
    known = previews.subscribers(issue.newsletter)
    return get_object_or_404(known, pk=int(asked) if asked.isdecimal() else 0)


def _issue(pk: int) -> Issue:
    return get_object_or_404(Issue.objects.select_related("newsletter__study"), pk=pk)
