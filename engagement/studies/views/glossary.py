"""The glossary of a study: for everybody to read, for staff to write."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import public, requires
from engagement.core.bilingual import active, shown
from engagement.core.errors import Refused
from engagement.studies.forms import TermForm
from engagement.studies.models import Study, Term
from engagement.studies.services import glossary

form_page = require_http_methods(["GET", "HEAD", "POST"])
manage_only = requires("studies.manage_glossary")


@public
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """In the order of the reader's language."""
    study = get_object_or_404(Study, slug=slug)
    terms = sorted(study.terms.all(), key=lambda term: shown(term, "term").text.lower())
    context = {"study": study, "terms": terms, "lang": active()}
    return render(request, "studies/glossary.html", context)


@manage_only
@form_page
def add(request: StaffRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    form = TermForm(posted(request), study=study)
    if request.method == "POST" and form.is_valid():
        try:
            glossary.add(by=request.user, study=study, fields=form.cleaned_data)
        except Refused as refused:
            form.add_error("term_en", str(refused))
        else:
            messages.success(request, _("The word is in the glossary."))
            return redirect("studies:glossary", slug)
    context = {"study": study, "form": form}
    status = 422 if form.errors else 200
    return render(request, "studies/edit_term.html", context, status=status)


@manage_only
@form_page
def edit(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    term = get_object_or_404(Term, pk=pk, study=study)
    now = {name: getattr(term, name) for name in TermForm.base_fields}
    form = TermForm(posted(request), study=study, term=term, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            glossary.change(by=request.user, term=term, fields=form.cleaned_data)
        except Refused as refused:
            form.add_error("term_en", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("studies:glossary", slug)
    context = {"study": study, "form": form, "term": term}
    status = 422 if form.errors else 200
    return render(request, "studies/edit_term.html", context, status=status)


@manage_only
@require_POST
def remove(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    term = get_object_or_404(Term, pk=pk, study__slug=slug)
    glossary.remove(by=request.user, term=term)
    messages.success(request, _("The word is out of the glossary."))
    return redirect("studies:glossary", slug)
