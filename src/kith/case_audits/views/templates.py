"""What audits ask: templates by theme, their versions, changed by the programme's owner, blank on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.case_audits.actions.templates import change_template
from kith.case_audits.forms.templates import TemplateForm
from kith.case_audits.permissions import can_edit_templates, check_edit_templates, check_see_programme
from kith.case_audits.queries.templates import (
    form_named,
    form_standing,
    programme_owner,
    standing_templates,
    versions,
)
from kith.case_audits.rules.templates import USUAL, version_of
from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, form_page, sent, show

if TYPE_CHECKING:
    from kith.case_audits.rules.questions import AuditForm


@require_safe
@login_required
def templates(request: HttpRequest) -> HttpResponse:
    """The usual questions, and those of each theme."""
    check_see_programme(viewer_of(request))
    usual = form_standing(USUAL, timezone.localdate())
    shown = {"usual": usual, "templates": list(standing_templates().values())}
    return render(request, "case_audits/templates.jinja", shown)


@require_safe
@login_required
def template(request: HttpRequest, template_key: str) -> HttpResponse:
    """One template as it stands, or as it was in an earlier version; who changed it, and why."""
    viewer, stands = viewer_of(request), _template(request, template_key)
    asked = request.GET.get("version", "")
    shown = {
        "form_version": _version(template_key, asked) if asked else stands,
        "stands": stands,
        "versions": [(version_of(one.key, one.number), one) for one in versions(template_key)],
        "may_edit": stands.key != USUAL and can_edit_templates(viewer, programme_owner()),
    }
    return render(request, "case_audits/template.jinja", shown)


@require_safe
@login_required
def template_blank(request: HttpRequest, template_key: str) -> HttpResponse:
    """Blank, as a PDF of A4 pages."""
    from kith.case_audits.presenters.templates import blank_paper  # noqa: PLC0415 - papers load slowly
    from kith.foundations.papers import write  # noqa: PLC0415 - as above

    paper = blank_paper(_template(request, template_key), timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="case-audit-{template_key}.pdf"'}
    return HttpResponse(write(paper, "pdf"), content_type="application/pdf", headers=headers)


@form_page("What audits ask")
def template_edit(request: HttpRequest, template_key: str) -> HttpResponse:
    """A new version, with why."""
    viewer, stands = viewer_of(request), _template(request, template_key)
    check_edit_templates(viewer, programme_owner())
    if stands.key == USUAL:
        raise Http404
    form = fill(request, TemplateForm, stands=stands)
    if sent(request, form):
        why = form.cleaned_data["why"]
        made = change_template(key=stands.key, questions=form.questions(), why=why, by=viewer, now=timezone.now())
        messages.success(request, f"Version {made.number} stands from now on. Audits that are begun keep theirs.")
        return redirect("case-audit-template", stands.key)
    return show(request, "case_audits/template_edit.jinja", form, stands=stands)


def _template(request: HttpRequest, key: str) -> AuditForm:
    check_see_programme(viewer_of(request))
    try:
        return form_standing(key, timezone.localdate())
    except KeyError:
        raise Http404 from None


def _version(key: str, version: str) -> AuditForm:
    try:
        found = form_named(version[:60])
    except KeyError:
        raise Http404 from None
    if found.key != key:
        raise Http404
    return found
