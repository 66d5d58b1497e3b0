"""The demonstration's agencies and the cast who sign in."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.db import transaction

from kith.demo import cast
from kith.foundations.access.actions import join_partnership, team_for
from kith.foundations.access.models import Agency, Team, Viewer
from kith.foundations.access.rules import Role, TeamWork

ROLES = {
    cast.ASHA.key: Role.PRACTITIONER,
    cast.BEN.key: Role.PRACTITIONER,
    cast.CAROL.key: Role.PRACTITIONER,
    cast.DEV.key: Role.PRACTITIONER,
    cast.ELLIS.key: Role.AUDITOR,
    cast.FARAH.key: Role.MANAGER,
    cast.GWEN.key: Role.DATA_OFFICER,
    cast.KOFI.key: Role.INTELLIGENCE,
    cast.LENA.key: Role.INTELLIGENCE,
    cast.MINA.key: Role.INTELLIGENCE,
    cast.NIA.key: Role.FRONT_DOOR,
    cast.OLU.key: Role.PRACTITIONER,
    **dict.fromkeys(
        (cast.PIA.key, cast.QUINN.key, cast.RAJ.key, cast.ROSA.key, cast.SOL.key, cast.TESS.key), Role.PRACTITIONER
    ),  # fmt: skip
    cast.UMA.key: Role.ANALYST,
    cast.VERA.key: Role.LEADER,
}
OTHER_TEAMS = {"Assessment East Central": "assessment", "Family Help North": "early-help"}  # the council's
ELSEWHERE = {cast.DEV.agency}


@transaction.atomic
def make_staff(*, feeds: Path) -> list[Viewer]:
    """Make or mend the agencies of `feeds/agencies.yaml` and the cast. Running it again changes nothing."""
    described = yaml.safe_load((feeds / "agencies.yaml").read_text(encoding="utf-8"))
    agencies = {key: _agency(key, described.get(key, {})) for key in {*described, *(s.agency for s in cast.STAFF)}}
    staff = [_viewer(staff, agencies[staff.agency]) for staff in cast.STAFF]
    for name, work in OTHER_TEAMS.items():
        Team.objects.get_or_create(agency=agencies[cast.COUNCIL], name=name, defaults={"work": work})
    join_partnership()
    return staff


def _agency(key: str, about: dict[str, str]) -> Agency:
    fields = {name: about.get(name, "") for name in ("phone", "email", "out_of_hours")}
    fields |= {"name": about.get("name", key.replace("-", " ").capitalize()), "kind": about.get("kind", "council")}
    return Agency.objects.update_or_create(key=key, defaults={**fields, "in_partnership": key not in ELSEWHERE})[0]


def _viewer(staff: cast.Staff, agency: Agency) -> Viewer:
    about = {
        "name": staff.name,
        "role": ROLES[staff.key].value,
        "job_title": staff.role,
        "phone": staff.phone,
        "agency": agency,
    }
    viewer, made = Viewer.objects.get_or_create(email=staff.email, defaults=about)
    if made:
        viewer.set_unusable_password()
        viewer.save()
    shared = {"phone": staff.phone, "work": staff.work}
    team, _ = Team.objects.get_or_create(agency=agency, name=staff.team, defaults=shared)
    if team.work != staff.work:  # a home that was made before teams had work
        team.work = staff.work
        team.save(update_fields=["work"])
    viewer.teams.add(team)
    if staff in cast.ALSO_ANSWERS_CHECKS:
        viewer.teams.add(team_for(agency, TeamWork.CHECKS, cast.CHECKS_TEAM))
    return viewer
