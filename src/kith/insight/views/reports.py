"""Reports and problem profiles: the list, a new one, a draft with its sections and actions, the signature, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts, show
from kith.foundations.papers import FORMATS, Paper, write
from kith.insight.actions.reports import begin_report, mark_of, note_taken_away, sign_report, take_out_step
from kith.insight.actions.reports import write_section as write_words
from kith.insight.actions.reports import write_step as write_action
from kith.insight.actions.sending import send_report
from kith.insight.forms.reports import NewReportForm, SectionForm, SignForm, StepForm
from kith.insight.permissions import can_see_figures, check_see_figures
from kith.insight.presenters.reports import file_name, formats, preface, show_list, show_sections, show_sent
from kith.insight.presenters.reports_paper import again_from_cut, draft_paper, final_paper
from kith.insight.queries import reports as ask
from kith.insight.queries.cuts import cuts
from kith.insight.queries.profiles import subjects_of
from kith.insight.queries.sending import not_sent, recipients, sent
from kith.insight.report_permissions import can_write_reports, check_write_reports
from kith.insight.rules.reports import ReportKind, Section, report_kinds
from kith.insight.views.waiting import waits_for_the_first_cut

if TYPE_CHECKING:
    from kith.insight.models import Cut, Report, ReportSigned

A_PAGE, CUTS_OFFERED = 25, 40


@require_safe
@login_required
def reports(request: HttpRequest, *, of_subject: bool = False) -> HttpResponse:
    """Every report that may be read, or every problem profile, the newest first."""
    viewer = viewer_of(request)
    check_see_figures(viewer)
    page = Paginator(ask.reports(of_subject=of_subject), A_PAGE).get_page(request.GET.get("page"))
    may_write = can_write_reports(viewer, of_subject=of_subject)
    shown = {"page": page, "lines": show_list(page), "may_write": may_write, "of_subject": of_subject}
    return render(request, "insight/reports.jinja", shown)


@require_safe
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Which kind of report."""
    viewer = viewer_of(request)
    check_write_reports(viewer)
    kinds = [one for one in report_kinds().values() if can_write_reports(viewer, of_subject=one.of_subject)]
    return render(request, "insight/reports_new.jinja", {"kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@waits_for_the_first_cut
def new_of(request: HttpRequest, kind: str) -> HttpResponse:
    """Period, comparator and cut of a new report; of a problem profile also of what, and what for."""
    viewer, chosen = viewer_of(request), report_kinds().get(kind)
    check_write_reports(viewer, chosen)
    if chosen is None:
        raise Http404
    form = _new_form(request, chosen, list(cuts()[:CUTS_OFFERED]))
    if form and request.method == "POST" and form.is_valid():
        return redirect("report", begin_report(of=form.asked(), by=viewer, now=timezone.now()).pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "insight/reports_new_of.jinja", {"kind": chosen, "form": form}, status=status)


def _new_form(request: HttpRequest, kind: ReportKind, offered: list[Cut]) -> NewReportForm | None:
    """None while there is no cut to make a report of. A link may choose the first answers."""
    if not offered:
        return None
    first = {name: request.GET[name] for name in ("subject", "cut", "period") if name in request.GET}
    subjects = subjects_of(offered[0]) if kind.of_subject else None
    return NewReportForm(request.POST or None, kind=kind, cuts=offered, subjects=subjects, initial=first)


@require_safe
@login_required
def once_profile(request: HttpRequest, problem_id: int, rest: str = "") -> HttpResponse:
    """Where a problem profile stood while profiles had addresses of their own: leads to where it stands now."""
    found = ask.once_profile(problem_id) if can_see_figures(viewer_of(request)) else None
    if found is None:
        raise Http404
    return redirect(reverse("report", args=[found.pk]) + rest, permanent=True)


@require_safe
@login_required
def report(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A draft section by section, or what was signed off."""
    found = report_of(request, paper_id)
    signed = ask.signed_of(found)
    shown: dict[str, Any] = {"report": found, "formats": formats()}
    if signed:
        return render(request, "insight/reports_signed.jinja", {**shown, **_as_signed(request, signed)})
    kind, said, paper = ask.asked(found).kind, ask.written(found), draft_paper(found)
    shown |= {
        "may_carry": any(one.plan for one in kind.sections),
        "paper": paper,
        "preface": preface(paper),
        "sections": show_sections(paper, said, kind.sections),
    }
    return render(request, "insight/reports_one.jinja", {**shown, "empty": kind.not_answered(said.words)})


def _as_signed(request: HttpRequest, signed: ReportSigned) -> dict[str, Any]:
    """The document as it was signed, whether its numbers still come out of its cut, and to whom it was sent."""
    again = again_from_cut(signed).checksum() == signed.checksum
    shown = {"paper": ask.paper_signed(signed), "signed": signed, "again": again}
    if not can_write_reports(viewer_of(request), of_subject=bool(signed.report.subject)):
        return shown
    return {**shown, "sent": show_sent(sent(signed.report)), "not_sent": not_sent(signed.report), "may_send": True}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A section of a report")
def section(request: HttpRequest, paper_id: int, section: str) -> HttpResponse:
    """What is written under one heading, beside its numbers; earlier versions below."""
    found, viewer = draft_of(request, paper_id), viewer_of(request)
    chosen, said = _section(found, section), ask.written(found)
    first = SectionForm.filled(said.words.get(section, ""), said.beside.get(section, {}))
    form = fill(request, SectionForm, section=chosen, initial=first)
    if request.method == "POST" and form.is_valid():
        write_words(report=found, section=chosen, words=form.words(), beside=form.beside(), by=viewer,
                    now=timezone.now())  # fmt: skip
        return redirect("report", found.pk)
    sections = show_sections(draft_paper(found), said, ask.asked(found).kind.sections)
    shown = {"report": found, "section": chosen, "form": form, "versions": ask.versions(found, section),
             "piece": next(one for one in sections if one.section == chosen)}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "insight/reports_section.jinja", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("An action of a plan")
def step(request: HttpRequest, paper_id: int, section: str, step_number: int = 0) -> HttpResponse:
    """A new action of a plan, or one as it stands now."""
    found, viewer, now = draft_of(request, paper_id), viewer_of(request), timezone.now()
    chosen = _section(found, section)
    standing = ask.step_or_none(found, step_number) if step_number else None
    if not chosen.plan or (step_number and (standing is None or standing.section != section)):
        raise Http404
    if standing and request.method == "POST" and "take-out" in request.POST:
        take_out_step(report=found, step=standing, by=viewer, now=now)
        return redirect("report", found.pk)
    first = (
        {name: getattr(standing, name) for name in ("what", "owner", "due", "state", "progress")} if standing else {}
    )
    form = fill(request, StepForm, initial=first)
    if request.method == "POST" and form.is_valid():
        write_action(report=found, said=form.said(section), number=step_number or None, by=viewer, now=now)
        return redirect("report", found.pk)
    return show(request, "insight/reports_step.jinja", form, report=found, section=chosen, standing=standing)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sign(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The whole document as it would be signed, and the signature."""
    found, viewer, now = draft_of(request, paper_id), viewer_of(request), timezone.now()
    paper = final_paper(found, viewer.name, now)
    empty = ask.asked(found).kind.not_answered(ask.written(found).words)
    form = SignForm(request.POST or None, initial={"mark": mark_of(paper)})
    if request.method == "POST" and not empty and form.is_valid():
        said = form.cleaned_data
        sign_report(report=found, paper=paper, mark=said["mark"], checked=said["checked"], by=viewer, now=now)
        send_report(report=found, site=request.build_absolute_uri("/"), by=viewer, now=now)
        messages.success(request, "The report is signed off. It can no longer be changed, and others may read it.")
        return redirect("report", found.pk)
    shown = {"report": found, "paper": paper, "empty": empty, "recipients": recipients(found.kind)}
    return show(request, "insight/reports_sign.jinja", form, **shown)


@require_safe
@login_required
def report_file(request: HttpRequest, paper_id: int, form: str) -> HttpResponse:
    """A report as Word, PDF, spreadsheet, CSV or web page; a draft is marked as one."""
    found, viewer, now = report_of(request, paper_id), viewer_of(request), timezone.now()
    if form not in FORMATS:
        raise Http404
    signed = ask.signed_of(found)
    paper: Paper = ask.paper_signed(signed) if signed else draft_paper(found)
    note_taken_away(report=found, form=form, by=viewer, now=now)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(found, form, signed)}"'}
    return HttpResponse(write(paper, form), content_type=FORMATS[form].content_type, headers=headers)


def report_of(request: HttpRequest, paper_id: int) -> Report:
    """One report. Whoever may not read it learns nothing of whether it is there."""
    found = ask.report_or_none(paper_id) if can_see_figures(viewer_of(request)) else None
    if found is None or found.kind not in report_kinds():
        raise Http404
    return found


def draft_of(request: HttpRequest, paper_id: int) -> Report:
    """A report that is still being written, for whoever writes. Raises NotAllowed, Http404."""
    check_write_reports(viewer_of(request))
    found = report_of(request, paper_id)
    check_write_reports(viewer_of(request), ask.asked(found).kind)
    if ask.signed_of(found):
        raise Http404
    return found


def _section(report: Report, key: str) -> Section:
    found = ask.asked(report).kind.section(key)
    if found is None:
        raise Http404
    return found
