"""Problem profiles: the list, a new one, a draft with its sections, the signature, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.foundations.papers import FORMATS, write
from kith.insight.actions.profiles import begin_profile, note_profile_taken_away, sign_profile, write_in_profile
from kith.insight.actions.reports import mark_of
from kith.insight.forms.profiles import NewProfileForm, ProfileSectionForm
from kith.insight.forms.reports import SignForm
from kith.insight.permissions import can_analyse, can_see_figures, check_analyse, check_see_figures
from kith.insight.presenters.profiles import file_name, show_list, show_sections
from kith.insight.presenters.profiles_paper import again_from_cut, draft_paper, final_paper
from kith.insight.presenters.reports import formats
from kith.insight.queries import profiles as ask
from kith.insight.queries.cuts import cuts
from kith.insight.rules.profiles import Section, not_answered, section_of

if TYPE_CHECKING:
    from kith.insight.models import ProblemProfile, ProfileSigned

A_PAGE, CUTS_OFFERED = 25, 40


@require_safe
@login_required
def profiles(request: HttpRequest) -> HttpResponse:
    """Every profile that may be read, the newest first."""
    viewer = viewer_of(request)
    check_see_figures(viewer)
    page = Paginator(ask.profiles(viewer), A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "lines": show_list(page), "may_make": can_analyse(viewer)}
    return render(request, "insight/profiles.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Of what, which period and cut, and why."""
    viewer = viewer_of(request)
    check_analyse(viewer)
    offered = list(cuts()[:CUTS_OFFERED])
    if not offered:
        return render(request, "insight/profile_new.jinja", {"form": None})
    first = {name: request.GET[name] for name in ("subject", "cut", "period") if name in request.GET}
    subjects = ask.subjects_of(offered[0])
    form = NewProfileForm(request.POST or None, cuts=offered, subjects=subjects, initial=first)
    if request.method == "POST" and form.is_valid():
        profile = begin_profile(asked=form.asked(), purpose=form.cleaned_data["purpose"], by=viewer, now=timezone.now())
        return redirect("problem-profile", profile.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "insight/profile_new.jinja", {"form": form}, status=status)


@require_safe
@login_required
def profile(request: HttpRequest, problem_id: int) -> HttpResponse:
    """A draft section by section, or what was signed off."""
    found = _profile(request, problem_id)
    signed = ask.signed_of(found)
    shown: dict[str, Any] = {"profile": found, "formats": formats()}
    if signed:
        return render(request, "insight/profile_signed.jinja", {**shown, **_as_signed(signed)})
    said, paper = ask.written(found), draft_paper(found)
    shown |= {"paper": paper, "sections": show_sections(paper, said), "empty": not_answered(said)}
    return render(request, "insight/profile_one.jinja", shown)


def _as_signed(signed: ProfileSigned) -> dict[str, Any]:
    """The document as it was signed, and whether its numbers still come out of its cut."""
    again = again_from_cut(signed).checksum() == signed.checksum
    return {"paper": ask.paper_signed(signed), "signed": signed, "again": again}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A section of a problem profile")
def section(request: HttpRequest, problem_id: int, heading: str) -> HttpResponse:
    """What is written under one heading, beside its numbers; earlier versions below."""
    found, viewer = _draft(request, problem_id), viewer_of(request)
    chosen, said = _section(heading), ask.written(found)
    form = fill(request, ProfileSectionForm, section=chosen, initial={"words": said.get(heading, "")})
    if request.method == "POST" and form.is_valid():
        write_in_profile(profile=found, section=chosen, words=form.words(), by=viewer, now=timezone.now())
        return redirect("problem-profile", found.pk)
    piece = next(one for one in show_sections(draft_paper(found), said) if one.section == chosen)
    shown = {"profile": found, "section": chosen, "form": form, "versions": ask.versions(found, heading),
             "piece": piece}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "insight/profile_section.jinja", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sign(request: HttpRequest, problem_id: int) -> HttpResponse:
    """The whole document as it would be signed, and the signature."""
    found, viewer, now = _draft(request, problem_id), viewer_of(request), timezone.now()
    paper, empty = final_paper(found, viewer.name, now), not_answered(ask.written(found))
    form = SignForm(request.POST or None, initial={"mark": mark_of(paper)})
    if request.method == "POST" and not empty and form.is_valid():
        said = form.cleaned_data
        sign_profile(profile=found, paper=paper, mark=said["mark"], checked=said["checked"], by=viewer, now=now)
        messages.success(request, "The profile is signed off. It can no longer be changed, and others may read it.")
        return redirect("problem-profile", found.pk)
    shown = {"profile": found, "paper": paper, "form": form, "empty": empty}
    return render(request, "insight/profile_sign.jinja", shown, status=422 if request.method == "POST" else 200)


@require_safe
@login_required
def profile_file(request: HttpRequest, problem_id: int, form: str) -> HttpResponse:
    """A profile as Word, PDF, spreadsheet, CSV or web page; a draft is marked as one."""
    found, viewer = _profile(request, problem_id), viewer_of(request)
    if form not in FORMATS:
        raise Http404
    signed = ask.signed_of(found)
    paper = ask.paper_signed(signed) if signed else draft_paper(found)
    note_profile_taken_away(profile=found, form=form, by=viewer, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{file_name(found, form, signed)}"'}
    return HttpResponse(write(paper, form), content_type=FORMATS[form].content_type, headers=headers)


def _profile(request: HttpRequest, problem_id: int) -> ProblemProfile:
    viewer = viewer_of(request)
    found = ask.profile_or_none(viewer, problem_id) if can_see_figures(viewer) else None
    if found is None:  # whoever may not read it learns nothing of whether it is there
        raise Http404
    return found


def _draft(request: HttpRequest, problem_id: int) -> ProblemProfile:
    """A profile that is still being written. Raises NotAllowed, Http404."""
    check_analyse(viewer_of(request))
    found = _profile(request, problem_id)
    if ask.signed_of(found):
        raise Http404
    return found


def _section(key: str) -> Section:
    found = section_of(key)
    if found is None:
        raise Http404
    return found
