"""The steps of a refresh in SQL, in the order they are taken (see refreshing.py). Nothing here comes from a user."""

TEMPORARY = """
drop table if exists kith_whose, kith_stated, kith_once, kith_before, kith_split, kith_key, kith_form, kith_said,
    kith_number, kith_has, kith_doc, kith_gone, kith_new, kith_written, kith_posting;
create temp table kith_whose (subject_id bigint primary key) on commit drop;
create temp table kith_stated (subject_id bigint, scope_id bigint, first_names text, last_names text, known_as text,
    date_of_birth date, postcode text, address text, numbers text[]) on commit drop;
create temp table kith_split (part text, text text, word text collate "C", is_first boolean, is_last boolean) on
    commit drop;
create temp table kith_key (key text collate "C", word_id int, dropped smallint) on commit drop;
"""
WHOLE = "insert into kith_whose select id from subjects_subject"
COPY_SUBJECTS = "copy kith_whose from stdin"
COPY_STATED = "copy kith_stated from stdin"
COPY_WORDS = "copy kith_split from stdin"
COPY_KEYS = "copy kith_key from stdin"
WRITE_KEYS = (
    "insert into subjects_searchkey (key, word_id, dropped) select key, word_id, dropped from kith_key order by 1, 2"
)

_STATED = "subject_id, scope_id, first_names, last_names, known_as, date_of_birth, postcode, address, numbers"
_ROW = f"row({_STATED})::text"  # one value to compare by, nulls and all
STATE = f"""
analyze kith_whose;
create temp table kith_once on commit drop as
select distinct {_STATED}, {_ROW} as said from kith_stated join kith_whose using (subject_id);
create temp table kith_before on commit drop as
select id, subject_id, {_ROW} as said from subjects_searchname join kith_whose using (subject_id);
analyze kith_once; analyze kith_before;
delete from subjects_searchname n using kith_before b where n.id = b.id and not exists (
    select from kith_once o where o.subject_id = b.subject_id and o.said = b.said);
insert into subjects_searchname ({_STATED}) select {_STATED} from kith_once o where not exists (
    select from kith_before b where b.subject_id = o.subject_id and b.said = o.said);
"""  # noqa: S608

# Everything said of each subject to each audience, one fact a row; a joined one is found through what it joined.
SAID = """
analyze kith_whose;
create temp table kith_form on commit drop as
select s.id as subject_id, s.scope_id, concat_ws(' ', p.first_name, p.middle_names) as first, p.last_name as last,
    p.known_as as known, null::text as name, p.date_of_birth as day, p.postcode, p.address, array[p.nhs_number,
        p.upn] as numbers
from kith_whose w join subjects_subject s on s.id = w.subject_id and s.joined_into_id is null
join subjects_person p on p.subject_id = s.id
union all
select s.id, n.scope_id, n.first_names, n.last_names, n.known_as, null, n.date_of_birth, n.postcode, n.address,
    n.numbers
from kith_whose w join subjects_subject s on s.id = w.subject_id and s.joined_into_id is null
join subjects_searchname n on n.subject_id = s.id
union all
select s.id, s.scope_id, '', '', '', s.name, null, coalesce(p.postcode, ''), coalesce(p.address, ''), array[p.online]
from kith_whose w join subjects_subject s on s.id = w.subject_id and s.joined_into_id is null and s.kind <> 'person'
left join subjects_place p on p.subject_id = s.id
union all
select s.id, coalesce(r.scope_id, s.scope_id), '', '', '', null, null, '', '', array_agg(r.key)
from kith_whose w join subjects_subject s on s.id = w.subject_id and s.joined_into_id is null
join subjects_reference r on r.subject_id = s.id group by 1, 2;
create temp table kith_said on commit drop as
select distinct f.subject_id, f.scope_id, x.part, x.text from kith_form f, lateral (values
    ('first', f.first), ('last', f.last), ('known', f.known), ('name', f.name), ('postcode', f.postcode),
        ('address', f.address)
    ) x(part, text) where x.text <> '';
"""

TEXTS = "select distinct part, text from kith_said"

NEW_WORDS = """
insert into subjects_searchword (word, docs) select x.word, 0 from (select distinct word from kith_split) x
where not exists (select from subjects_searchword s where s.word = x.word)
on conflict do nothing returning id, word
"""

NEW_DOCS = """
analyze kith_said; analyze kith_split;
create temp table kith_number on commit drop as
select x.part, x.text, w.id as word_id, x.is_first, x.is_last, x.part not in ('postcode', 'address') as is_name
from kith_split x join subjects_searchword w on w.word = x.word;
analyze kith_number;
create temp table kith_has on commit drop as
select s.subject_id, s.scope_id, x.word_id, bool_or(x.is_first) as is_first, bool_or(x.is_last) as is_last,
    bool_or(x.is_name) as is_name
from kith_said s join kith_number x on x.part = s.part and x.text = s.text
group by 1, 2, 3;
analyze kith_has;
create temp table kith_doc on commit drop as
with worded as (
    select subject_id, scope_id, array_agg(word_id order by word_id) as words,
        coalesce(array_agg(word_id order by word_id) filter (where is_first), '{}') as firsts,
        coalesce(array_agg(word_id order by word_id) filter (where is_last), '{}') as lasts
    from kith_has group by 1, 2
), dated as (
    select subject_id, scope_id, array_agg(distinct day order by day) as days from kith_form where day is not null
        group by 1, 2
), raw as (
    select distinct f.subject_id, f.scope_id, x.raw from kith_form f, unnest(f.numbers) x(raw) where x.raw <> ''
), numbered as (
    select r.subject_id, r.scope_id, array_agg(distinct n.number order by n.number) as numbers
    from raw r, lateral (select left(upper(regexp_replace(r.raw, '[^A-Za-z0-9@]', '', 'g')), 200)) n(number)
    where n.number <> '' group by 1, 2
), whom as (
    select subject_id, scope_id, max(concat_ws(' ', nullif(first, ''), nullif(last, ''))) as label from kith_form
        group by 1, 2
)
select h.subject_id, h.scope_id, s.kind, h.scope_id = s.scope_id as in_circle, coalesce(p.is_child, false) as
    is_child,
    case when h.scope_id = s.scope_id then s.name else left(h.label, 300) end::text as label, coalesce(w.words,
        '{}') as words, coalesce(w.firsts, '{}') as firsts,
    coalesce(w.lasts, '{}') as lasts, coalesce(d.days, '{}') as days, coalesce(n.numbers, '{}') as numbers
from whom h left join worded w using (subject_id, scope_id) left join dated d using (subject_id, scope_id)
left join numbered n using (subject_id, scope_id)
join subjects_subject s on s.id = h.subject_id left join subjects_person p on p.subject_id = s.id;
"""

_DOC = "subject_id, scope_id, kind, in_circle, is_child, label, words, firsts, lasts, days, numbers"
_SAME = " and ".join(f"n.{c} = o.{c}" for c in _DOC.split(", "))
CHANGED = f"""
create temp table kith_gone on commit drop as
select o.id, o.subject_id, o.scope_id from subjects_searchdoc o join kith_whose w on w.subject_id = o.subject_id
where not exists (select from kith_doc n where {_SAME});
create temp table kith_new on commit drop as
select n.* from kith_doc n where not exists (select from subjects_searchdoc o where {_SAME});
"""  # noqa: S608
HOW_MANY = """
select count(*) from (select subject_id, scope_id from kith_gone union select subject_id, scope_id from kith_new) x
"""

FORGET = "delete from subjects_searchdoc d using kith_gone g where d.id = g.id"
TIDY = """
delete from subjects_searchkey k using subjects_searchword w where w.docs <= 0 and w.word <> '*' and k.word_id = w.id;
delete from subjects_searchword where docs <= 0 and word <> '*';
"""

WRITE = f"""
create temp table kith_written (id bigint, subject_id bigint, scope_id bigint, days date[], numbers text[]) on
    commit drop;
with fresh as (insert into subjects_searchdoc ({_DOC}) select {_DOC} from kith_new
    returning id, subject_id, scope_id, days, numbers)
insert into kith_written select * from fresh;
insert into subjects_searchword (word, docs) values ('*', 0) on conflict do nothing;
update subjects_searchword set docs = docs + (select count(*) from kith_written) where word = '*';
"""  # noqa: S608

POSTINGS = """
create temp table kith_posting on commit drop as
select w.id as doc_id, h.word_id, h.is_name from kith_written w join kith_has h using (subject_id, scope_id);
analyze kith_posting;
update subjects_searchword w set docs = w.docs + c.many
from (select word_id, count(*) as many from kith_posting group by 1) c where c.word_id = w.id;
insert into subjects_searchposting (word_id, beside, doc_id)
select word_id, 0, doc_id from kith_posting
union all
select a.word_id, b.word_id, a.doc_id from kith_posting a join kith_posting b
    on b.doc_id = a.doc_id and b.word_id > a.word_id and a.is_name and b.is_name
order by 1, 2, 3;
insert into subjects_searchday (day, word_id, doc_id)
select x.day, coalesce(p.word_id, 0), w.id from kith_written w cross join unnest(w.days) x(day)
left join kith_posting p on p.doc_id = w.id and p.is_name order by 1, 2, 3;
insert into subjects_searchnumber (number, doc_id)
select x.number collate "C", w.id from kith_written w, unnest(w.numbers) x(number) order by 1, 2;
"""
