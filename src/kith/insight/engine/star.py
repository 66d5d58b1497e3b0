"""The star: the tables of a cut, how each is read, and the columns that analysts may count on.

Everybody is a code that says nothing (`Pseudonym`); nobody's name, number, address or day of birth is here. What has an
audience of its own (sexual health), protected addresses, homes, what was withdrawn or superseded: none of it is read.

Columns, table by table (dates are ISO days, `minute` is of the local day, blank text where not known):

people         child, is_child, born (first of the month), sex, ethnicity, locality, fifth (of deprivation, where they
               live: 1 the most deprived fifth of the country … 5, blank where not known)
spells         child, kind, began, ended                kind: in-care, protection-plan, child-in-need, early-help,
                                                        education-plan, care-leaver, school-support
events         event, child, is_child, part, kind, what, outcome, marked (as its agency marked it: domestic abuse;
               of a visit, whether the child was seen alone), source, day, minute, weekday (1 Monday), until, due,
               other (a second day: allocated, decided …), amount, agency, feed, written_here, place, way (how somebody
               travelled: a code), suspect_age and suspect_sex (of violence, who is suspected: a band of ages, male or
               female), again, day_number (since 1970), other_days (from day to other)
               `again`: another feed told of the same; count rows where it is false
               `is_child`: under 18 on the day; where no birth is known, what agencies call them
places         place, kind, name, locality, latitude, longitude, online, outside (its postcode is of another area)
absences       absence, child, kind, gone, back, day (of gone), minute, hours (how long), missing_from, grade,
               consider_high, is_back, found (place code), found_kind (of place; `words`: told in words alone)
accounts       account, absence, child, agency, agency_kind, kind, day, missing_from, came_by
conversations  conversation, absence, child, kind, back, day (of back), offered, accepted, declined, not_offered, held,
               written_up, reason, independent, offered_hours, held_hours (after the return)
contacts       contact, day, came_by, about, in_danger, giver, agency, decided_hours, verdict, level, harms, re_referral
checks         question, agency (asked), band, asked, due (days), answered_hours, in_time (false: late, or no answer)
works          work, child, subject_kind, pathway, state, opened, ended, team
moves          work, pathway, from_state, to_state, day
moments        moment, child, kind, day, out_of_hours, agency, called_back_minutes, in_time, closed, set_aside, offers
intelligence   report, day, agency, agency_kind, harms, how_known, priority
links          evidence, a, a_kind, b, b_kind, kind, grade, agency, feed, first_seen, last_seen, review_on, expires_on
weighings      weighing, child, day (signed), review, home, peers, school, places, online (each: that it weighs most),
               with_child (made with the child, or shown to them)
changes        change, context (its kind), planned, due, said (when somebody said what came of it), outcome, in_time
feeds          feed, agency, title, state, latest_delivery, rows_read, rows_loaded, rows_rejected, deliveries
area           locality, children, source           how many children live there, for rates
"""

from __future__ import annotations

from dataclasses import dataclass

CODE_OF = "(select n.code from insight_pseudonym n where n.subject_id = {})"
LOCAL = "at time zone 'Europe/London'"
# Of absences those of children: whoever was 18 on the day they were last seen is left out.
CHILDREN = f"""
    join subjects_person h on h.subject_id = e.subject_id
      and ((e.gone_at {LOCAL})::date < h.date_of_birth + interval '18 years') is not false"""


@dataclass(frozen=True)
class Extract:
    """One table of a cut: the question to PostgreSQL, and the columns that put its rows in order."""

    sql: str
    order: tuple[str, ...]


PEOPLE = Extract(
    """
    select n.code child, p.is_child, date_trunc('month', p.date_of_birth)::date born, p.sex, p.ethnicity,
           split_part(p.postcode, ' ', 1) district, p.postcode
    from subjects_person p join subjects_subject s on s.id = p.subject_id
    join insight_pseudonym n on n.subject_id = p.subject_id
    where s.joined_into_id is null
    """,
    ("child",),
)

# A flag that is on the police's list no more stood until that day; whatever else is ended was deleted by who told it.
# What an entry says, whichever of its details has it; a list is one text, its parts set apart by semicolons.
DETAILS = """
    select e.id, e.kind, e.on, e.at, e.until, coalesce(e.until_day, (e.ended_at at time zone 'Europe/London')::date)
      until_day, e.feed, e.agency_id, e.written_by_id,
      coalesce(
        (select string_agg(f, '; ' order by f) from jsonb_array_elements_text(
           case when jsonb_typeof(e.details->'factors') = 'array' then e.details->'factors' else '[]'::jsonb end) f),
        e.details->>'offence', e.details->>'harm', e.details->>'need', e.details->>'reason', e.details->>'complaint',
        e.details->>'group', e.details->>'category', e.details->>'looking_for', e.details->>'latest reason',
        e.details->>'main_reason', e.details->>'why', e.details->>'hearing', e.details->>'type',
        e.details->>'session', '') what,
      coalesce(e.details->>'court', e.details->'outcome'->>0, e.details->>'outcome', e.details->>'decision',
        e.details->>'grading', e.details->>'status', e.details->>'offer', e.details->>'response', e.details->>'seen',
        e.details->>'detached', '') outcome,
      coalesce(e.details->>'marked', e.details->>'alone', '') marked, coalesce(e.details->>'travelled', '') way,
      coalesce(e.details->>'suspected age', '') suspect_age, coalesce(e.details->>'suspected sex', '') suspect_sex,
      coalesce(e.details->>'told_by', e.details->>'source', '') source,
      coalesce(e.details->>'due by', '') due,
      coalesce(e.details->>'allocated', e.details->>'decided', e.details->>'authorised', e.details->>'offered', '')
        other,
      coalesce(e.details->>'days', e.details->>'score', e.details->>'earlier plans', '') amount
    from chronology_entry e
    where (e.ended_at is null or e.kind = 'exploitation-flag') and e.superseded_by_id is null
      and e.kind <> 'protected-address'
"""
EVENTS = Extract(
    f"""
    with told as ({DETAILS}),
    about as (
      select es.entry_id, es.subject_id, es.part, s.kind from chronology_entrysubject es
      join subjects_subject s on s.id = es.subject_id
      where not exists (select from subjects_restrictedpart r where r.scope_id = es.scope_id)),
    at_place as (
      select distinct on (a.entry_id) a.entry_id, n.code from about a
      join subjects_place p on p.subject_id = a.subject_id and p.kind <> 'home'
      join insight_pseudonym n on n.subject_id = a.subject_id
      order by a.entry_id, a.part, n.code),
    whom as (
      select distinct a.entry_id, n.code, a.part, p.is_child, p.date_of_birth from about a
      join subjects_person p on p.subject_id = a.subject_id
      join insight_pseudonym n on n.subject_id = a.subject_id)
    select t.id event, coalesce(w.code, '') child,
      coalesce(t.on < w.date_of_birth + interval '18 years', w.is_child, false) is_child, coalesce(w.part, '') part,
      t.kind, t.what, t.outcome, t.marked, t.source, t.on "day",
      (extract(hour from t.at {LOCAL}) * 60 + extract(minute from t.at {LOCAL}))::int "minute",
      extract(isodow from t.on)::int weekday, coalesce(t.until_day, (t.until {LOCAL})::date) "until",
      t.due, t.other, t.amount, coalesce(g.key, '') agency, t.feed, t.written_by_id is not null written_here,
      coalesce(l.code, '') place, t.way, t.suspect_age, t.suspect_sex
    from told t
    left join whom w on w.entry_id = t.id
    left join at_place l on l.entry_id = t.id
    left join access_agency g on g.id = t.agency_id
    where w.code is not null or l.code is not null
    """,
    ("day", "event", "child", "part"),
)
PLACES = Extract(
    """
    select n.code place, p.kind, s.name, split_part(p.postcode, ' ', 1) district,
      case when p.kind = 'childrens-home' then null else p.latitude end latitude,
      case when p.kind = 'childrens-home' then null else p.longitude end longitude,
      p.online <> '' or p.kind = 'online' online
    from subjects_place p join subjects_subject s on s.id = p.subject_id
    join insight_pseudonym n on n.subject_id = p.subject_id
    where p.kind <> 'home' and s.joined_into_id is null
    """,
    ("place",),
)
ABSENCES = Extract(
    f"""
    select e.id absence, n.code child, e.kind, e.gone_at {LOCAL} gone, e.back_at {LOCAL} back, e.missing_from, e.grade,
      round(extract(epoch from e.back_at - e.gone_at) / 3600, 4)::float8 hours,
      exists (select from missing_grade g where g.episode_id = e.id and g.consider_high <> '[]') consider_high,
      e.back_at is not null is_back, coalesce(f.code, '') found,
      case when p.kind is not null then p.kind when w.told then 'words' else '' end found_kind
    from missing_episode e join insight_pseudonym n on n.subject_id = e.subject_id {CHILDREN}
    left join (
      select episode_id, (array_agg(place_id order by first, at desc, id) filter (where place_id is not null))[1] place,
        bool_or(words <> '') told
      from (
        select episode_id, 0 first, at, id, place_subject_id place_id, place words from missing_return
        union all
        select episode_id, 1, told_at, id, found_place_id, found_at_place from missing_account
        where withdrawn_at is null) said
      group by episode_id) w on w.episode_id = e.id
    left join subjects_place p on p.subject_id = w.place
    left join insight_pseudonym f on f.subject_id = w.place and p.kind <> 'home'
    where e.not_missing_because = ''
    """,
    ("absence",),
)
ACCOUNTS = Extract(
    f"""
    select a.id account, a.episode_id absence, n.code child, g.key agency, g.kind agency_kind, a.kind,
      (a.gone_at {LOCAL})::date "day", coalesce(nullif(a.missing_from, ''), e.missing_from) missing_from, a.came_by
    from missing_account a join missing_episode e on e.id = a.episode_id
    join insight_pseudonym n on n.subject_id = e.subject_id join access_agency g on g.id = a.agency_id {CHILDREN}
    where a.withdrawn_at is null and e.not_missing_because = ''
    """,
    ("account",),
)
CONVERSATIONS = Extract(
    f"""
    select c.id conversation, e.id absence, n.code child, e.kind, e.back_at {LOCAL} back, c.offered_at {LOCAL} offered,
      c.accepted_at {LOCAL} accepted, c.declined_at {LOCAL} declined, c.not_offered_at {LOCAL} not_offered,
      c.held_at {LOCAL} held, c.written_up_at {LOCAL} written_up, c.reason, c.independent,
      round(extract(epoch from c.offered_at - e.back_at) / 3600, 4)::float8 offered_hours,
      round(extract(epoch from c.held_at - e.back_at) / 3600, 4)::float8 held_hours
    from missing_covered v join missing_conversation c on c.id = v.conversation_id
    join missing_episode e on e.id = v.episode_id join insight_pseudonym n on n.subject_id = e.subject_id {CHILDREN}
    where e.not_missing_because = ''
    """,
    ("conversation", "absence"),
)
CONTACTS = Extract(
    f"""
    select c.id contact, (c.received_at {LOCAL})::date "day", c.came_by, c.about, c.in_danger,
      coalesce(g.kind, '') giver,
      coalesce(a.key, '') agency, round(extract(epoch from d.at - c.received_at) / 3600, 2)::float8 decided_hours,
      coalesce(d.verdict, '') verdict, coalesce(d.level, '') level,
      (select string_agg(h, '; ' order by h) from jsonb_array_elements_text(coalesce(d.harms, c.harms)) h) harms,
      (select bool_or(o.re_referral) from front_door_outcome o where o.decision_id = d.id) re_referral
    from front_door_contact c left join front_door_giver g on g.contact_id = c.id
    left join access_agency a on a.id = g.agency_id
    left join lateral (select * from front_door_decision d where d.contact_id = c.id and d.undone_at is null
                       order by d.at desc, d.id desc limit 1) d on true
    where c.joined_into_id is null
    """,
    ("contact",),
)
CHECKS = Extract(
    f"""
    select c.id question, g.key agency, c.band, (c.asked_at {LOCAL})::date asked, (c.due_at {LOCAL})::date due,
      round(extract(epoch from c.answered_at - c.asked_at) / 3600, 2)::float8 answered_hours,
      coalesce(c.answered_at <= c.due_at, false) in_time
    from front_door_check c join access_agency g on g.id = c.agency_id where c.withdrawn_at is null
    """,
    ("question",),
)
WORKS = Extract(
    f"""
    select w.id work, n.code child, s.kind subject_kind, w.pathway, w.state, (w.opened_at {LOCAL})::date opened,
      (w.ended_at {LOCAL})::date ended, t.name team
    from pathways_work w join subjects_subject s on s.id = w.subject_id
    join insight_pseudonym n on n.subject_id = w.subject_id join access_team t on t.id = w.team_id
    where not w.taken_back
    """,
    ("work",),
)
MOVES = Extract(
    f"""
    select m.id move, m.work_id work, w.pathway, m.from_state, m.to_state, (m.at {LOCAL})::date "day"
    from pathways_move m join pathways_work w on w.id = m.work_id where not w.taken_back
    """,
    ("move",),
)
MOMENTS = Extract(
    f"""
    select m.id moment, coalesce(n.code, '') child, m.kind, m.happened_on "day", m.out_of_hours,
      coalesce(a.key, '') agency, round(extract(epoch from m.called_back_at - m.told_at) / 60)::int called_back_minutes,
      m.called_back_at <= m.call_back_by in_time, (m.closed_at {LOCAL})::date closed, m.set_aside,
      (select count(*)::int from moments_offer o where o.moment_id = m.id) offers
    from moments_moment m left join insight_pseudonym n on n.subject_id = m.subject_id
    left join access_agency a on a.id = m.agency_id
    """,
    ("moment",),
)
INTELLIGENCE = Extract(
    f"""
    select r.id report, (r.given_at {LOCAL})::date "day", coalesce(a.key, '') agency, coalesce(a.kind, '') agency_kind,
      (select string_agg(h, '; ' order by h) from jsonb_array_elements_text(r.harms) h) harms, r.how_known, r.priority
    from intelligence_report r left join access_agency a on a.id = r.agency_id
    """,
    ("report",),
)
LINKS = Extract(
    """
    select l.id evidence, a.code a, sa.kind a_kind, b.code b, sb.kind b_kind, l.kind, l.grade,
      coalesce(g.key, '') agency, l.feed, coalesce(l.first_seen, l.stated_on) first_seen,
      coalesce(l.last_seen, l.stated_on) last_seen, l.review_on, l.expires_on
    from subjects_linkevidence l
    join insight_pseudonym a on a.subject_id = l.subject_id join subjects_subject sa on sa.id = l.subject_id
    join insight_pseudonym b on b.subject_id = l.other_id join subjects_subject sb on sb.id = l.other_id
    left join access_viewer w on w.id = l.written_by_id left join access_agency g on g.id = w.agency_id
    where l.outward and l.ended_at is null and l.kind <> 'lives-at'
      and not exists (select from subjects_place p where p.subject_id in (l.subject_id, l.other_id) and p.kind = 'home')
      and not exists (select from subjects_restrictedpart r where r.scope_id = l.scope_id)
    """,
    ("evidence",),
)
FEEDS = Extract(
    """
    select d.feed, max(d.received_at at time zone 'Europe/London') latest_delivery, sum(d.rows_read)::bigint rows_read,
      sum(d.rows_loaded)::bigint rows_loaded, sum(d.rows_rejected)::bigint rows_rejected, count(*)::int deliveries
    from linkage_delivery d group by d.feed
    """,
    ("feed",),
)
WEIGHINGS = Extract(
    f"""
    select w.id weighing, n.code child, (w.signed_at {LOCAL})::date "day", w.review_on review,
      coalesce(bool_or(c.kind = 'home'), false) home, coalesce(bool_or(c.kind = 'peers'), false) peers,
      coalesce(bool_or(c.kind = 'school'), false) school,
      coalesce(bool_or(c.kind in ('place', 'neighbourhood')), false) places,
      coalesce(bool_or(c.kind = 'online'), false) online,
      exists (select from contexts_shared h
              where h.weighing_id = w.id and h.whom = 'child' and h.how <> 'not') with_child
    from contexts_weighing w join insight_pseudonym n on n.subject_id = w.subject_id
    left join contexts_weighed c on c.weighing_id = w.id and c.weight = 'most'
    where w.signed_at is not null group by w.id, n.code
    """,
    ("weighing",),
)
CHANGES = Extract(
    f"""
    select c.id change, c.kind context, (c.set_at {LOCAL})::date planned, c.due_on due,
      (c.outcome_at {LOCAL})::date said, c.outcome,
      coalesce(c.outcome = 'done' and (c.outcome_at {LOCAL})::date <= c.due_on, false) in_time
    from contexts_change c
    """,
    ("change",),
)
EXTRACTS: dict[str, Extract] = {
    "people": PEOPLE,
    "events": EVENTS,
    "places": PLACES,
    "absences": ABSENCES,
    "accounts": ACCOUNTS,
    "conversations": CONVERSATIONS,
    "contacts": CONTACTS,
    "checks": CHECKS,
    "works": WORKS,
    "moves": MOVES,
    "moments": MOMENTS,
    "intelligence": INTELLIGENCE,
    "weighings": WEIGHINGS,
    "changes": CHANGES,
    "links": LINKS,
    "feeds": FEEDS,
}
