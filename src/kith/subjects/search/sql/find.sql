-- The one way to the search tables. It answers only what the viewer (kith_viewer()) may know:
--   full        the viewer holds the circle's scope
--   restricted  the viewer holds the scope of a restricted part, and the name asked for is the one kept there
--   headline    the viewer holds the partnership's scope, a headline exists, and what was asked is specific enough:
--               a number of six characters or more; or first and last name with a date of birth, year or age that fits; or the very date of birth and
--               two names of which one fits; a place's or group's whole name; a place's postcode
-- Typed words are numbered from 1. Arrays that describe keys run side by side; so do those that describe days.
do $$ declare f regprocedure; begin
    for f in select p.oid::regprocedure from pg_proc p where p.proname = 'kith_find' loop
        execute 'drop function ' || f;  -- an older one may have had other arguments
    end loop;
end $$;
create function kith_find(
    keys text[], key_at int[], key_dropped int[], key_how text[],
    starts text[], start_at int[],
    slips real[], two_slips real[], equated real, sounds real[], is_name boolean[],
    near_days date[], day_points real[], day_how text[], day_firm boolean[],
    exact_days date[], asked_numbers text[], most int, most_headlines int
) returns table (
    subject bigint, label text, tier text, points real, at int[], how text[], word text[], born text, number text
)
language plpgsql stable security definer
set search_path = public, pg_temp
set jit = off
set enable_seqscan = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $find$
#variable_conflict use_column
declare
    me constant bigint := kith_viewer();
    all_rows constant boolean := kith_sees_all();
    held bigint[];  -- the scopes of somebody who holds few; more than 2,000 are not listed
    near_at int[]; near_id int[]; near_far real[]; near_how text[]; near_word text[]; near_docs int[];
    weight real[];
    names int[];
    postcodes int[]; single int[];  -- by which public places are known: typed whole, or the one word typed
    found bigint[] := '{}';
    more bigint[];
    one int[]; two int[];
    i int; j int;
    typed constant int := coalesce(cardinality(slips), 0);
begin
    perform set_config('kith.search', 'on', true);  -- in the head it would need a superuser
    held := array(
        select v.scope_id from access_viewerscope v where v.viewer_id = me and (v.until is null or v.until > now()) limit 2001);
    if me is null or (held = '{}' and not all_rows) then
        return;
    end if;

    -- words:
    with looked as (
        select q.at, k.word_id,
            case q.how when 'equated' then equated when 'sound' then sounds[q.at]
                else case greatest(q.dropped, k.dropped) when 0 then 0 when 1 then slips[q.at] else two_slips[q.at] end
            end as far,
            case when q.how <> 'typed' then q.how when greatest(q.dropped, k.dropped) = 0 then 'same' else 'slip' end as how
        from unnest(keys, key_at, key_dropped, key_how) q(key, at, dropped, how)
        join subjects_searchkey k on k.key = q.key
        where q.how = 'typed' or k.dropped = 0
        union all
        select q.at, w.id, least(.5, .12 + .05 * (length(w.word) - length(q.start))), 'starts'
        from unnest(starts, start_at) q(start, at), lateral (
            select w.id, w.word from subjects_searchword w
            where w.word > q.start and w.word < q.start || '~' order by w.docs desc limit 60) w
    ), nearest as (
        select distinct on (l.at, l.word_id) l.* from looked l order by l.at, l.word_id, l.far
    ), ranked as (
        select n.*, w.word, w.docs, row_number() over (partition by n.at order by n.far, w.docs desc) as place
        from nearest n join subjects_searchword w on w.id = n.word_id
        where n.far < .9 and w.docs > 0
    )
    select array_agg(r.at order by r.at, r.place), array_agg(r.word_id order by r.at, r.place),
        array_agg(r.far order by r.at, r.place), array_agg(r.how order by r.at, r.place),
        array_agg(r.word order by r.at, r.place), array_agg(r.docs order by r.at, r.place)
    into near_at, near_id, near_far, near_how, near_word, near_docs
    from ranked r where r.place <= 100;

    -- how much each typed word tells: much for a rare name, little for a common one
    select array_agg(w.tells order by w.at), coalesce(array_agg(w.at order by w.tells desc) filter (where w.is_met), '{}')
    into weight, names
    from (
        select t.at, max(n.docs) is not null as is_met,
            case when max(n.docs) is null then 4 else least(12, greatest(1.5,
                ln(c.docs / greatest(1, coalesce(max(n.docs) filter (where n.far <= .35), 1))))) end::real as tells
        from generate_series(1, typed) t(at)
        cross join (select greatest(1000, (select w.docs from subjects_searchword w where w.word = '*'))::real as docs) c
        left join unnest(near_at, near_far, near_docs) n(at, far, docs) on n.at = t.at
        group by t.at, c.docs
    ) w;

    select coalesce(array_agg(n.id) filter (where n.how = 'same' and n.word ~ '^/[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}$'), '{}'),
        coalesce(array_agg(n.id) filter (where typed = 1 and n.how in ('same', 'slip') and n.far <= .4 and n.docs <= 60
            and n.word !~ '^/'), '{}')
    into postcodes, single
    from unnest(near_id, near_far, near_how, near_word, near_docs) n(id, far, how, word, docs);

    -- numbers and days:
    select array_agg(c.doc_id) into more from (
        select n.doc_id from subjects_searchnumber n where n.number = any(asked_numbers)
        union all
        (select d.doc_id from subjects_searchday d where d.day = any(exact_days) limit 8000)
        union all
        (select d.doc_id from subjects_searchday d where cardinality(near_days) < 300 and d.day = any(near_days)
            and d.word_id = any(near_id) limit 2000)
    ) c;
    found := found || coalesce(more, '{}');

    -- public places by postcode, or by a name of one word:
    if postcodes || single <> '{}' then
        select array_agg(c.doc_id) into more from (
            select p.doc_id from subjects_searchposting p join subjects_searchdoc d on d.id = p.doc_id
            where p.word_id = any(postcodes || single) and p.beside = 0 and d.kind = 'place' limit 400
        ) c;
        found := found || coalesce(more, '{}');
    end if;

    -- two words together, the most telling four words:
    for i in 1 .. least(4, cardinality(names)) loop
        for j in i + 1 .. least(4, cardinality(names)) loop
            select array_agg(n.id) filter (where n.at = names[i]), array_agg(n.id) filter (where n.at = names[j])
            into one, two from unnest(near_at, near_id) n(at, id);
            select array_agg(c.doc_id) into more from (
                (select p.doc_id from subjects_searchposting p where p.word_id = any(one) and p.beside = any(two) limit 3000)
                union all
                (select p.doc_id from subjects_searchposting p where p.word_id = any(two) and p.beside = any(one) limit 3000)
            ) c;
            found := found || coalesce(more, '{}');
        end loop;
    end loop;

    if cardinality(held) <= 2000 and not all_rows then
        -- their own people, groups and places, however little was typed:
        select array_agg(d.id) into more from subjects_searchdoc d where d.scope_id = any(held)
        and (d.words && near_id or (typed = 0 and d.days && near_days));
        found := found || coalesce(more, '{}');
    elsif cardinality(names) = 1 then
        -- one word alone, the likest first:
        select array_agg(c.doc_id) into more from (
            select p.doc_id from (
                select n.id from unnest(near_id, near_far) n(id, far) order by n.far limit 40) w,
            lateral (select p.doc_id from subjects_searchposting p
                where p.word_id = w.id and p.beside = 0 limit 500) p limit 1000
        ) c;
    else
        -- a rare name, whatever stands beside it:
        select array_agg(c.doc_id) into more from (
            select p.doc_id from (
                select n.id from (
                    select n.id, sum(n.docs) over (partition by n.at order by n.far, n.docs desc, n.id) as so_far
                    from unnest(near_at, near_id, near_far, near_docs) n(at, id, far, docs) where n.far <= .45) n
                where n.so_far <= 400) w
            join subjects_searchposting p on p.word_id = w.id and p.beside = 0
        ) c;
        found := found || coalesce(more, '{}');
    end if;

    return query
    -- score: one line for each typed word that a doc meets (at > 0), one for its date (0), one for the doc itself (-1)
    with candidate as materialized (
        select d.id, d.words, d.firsts, d.lasts, d.days, d.is_child, d.numbers && asked_numbers as is_number
        from subjects_searchdoc d where d.id = any(array(select distinct f from unnest(found) f))
    ), line as (
        select d.id, n.at, n.far, n.id = any(d.firsts) and n.far <= .6 as is_first,
            n.id = any(d.lasts) and n.far <= .6 as is_last, 0::real as points, false as firm
        from candidate d cross join lateral unnest(d.words) w(id)
        join unnest(near_at, near_id, near_far) n(at, id, far) on n.id = w.id
        union all
        select d.id, 0, null, false, false, q.points, q.firm
        from candidate d cross join lateral unnest(d.days) x(day)
        join unnest(near_days, day_points, day_firm) q(day, points, firm) on q.day = x.day
        union all
        select d.id, -1, null, false, false, .3 * d.is_child::int + 40 * d.is_number::int
            - case when cardinality(near_days) > 0 and cardinality(d.days) > 0 then 2.5 else 0 end, d.is_number
        from candidate d
    ), met as (
        select l.id, l.at, min(l.far) as far, bool_or(l.is_first) as is_first, bool_or(l.is_last) as is_last,
            max(l.points) as points, bool_or(l.firm) as firm
        from line l group by l.id, l.at
    ), scored as (
        select m.id, count(*) filter (where m.at > 0 and is_name[m.at]) as name_words,
            count(*) filter (where m.at > 0) as all_words,
            bool_or(m.is_first) and bool_or(m.is_last) as is_whole,
            bool_or(m.is_first or m.is_last) as is_close,
            coalesce(bool_or(m.firm) filter (where m.at = 0), false) as is_born,
            coalesce(max(m.points) filter (where m.at = 0), 0) >= 10 as is_born_then,
            coalesce(bool_or(m.firm) filter (where m.at = -1), false) as is_number,
            sum(case when m.at > 0 then weight[m.at] * (1.5 - m.far) when m.at = 0 then m.points + 2.5 else m.points end)
                + .2 * coalesce(bool_or(m.is_first) filter (where m.at = 1), false)::int as points
        from met m group by m.id
        having bool_or(m.at > 0) or bool_or(m.at = -1 and m.firm) or (typed = 0 and bool_or(m.at = 0))
    ), ordered as materialized (
        select s.*, s.points - .5 * (select coalesce(sum(x), 0) from unnest(weight) x) as total from scored s
        order by s.points desc limit 3000
    ), seen as (
        select o.*, d.subject_id, d.label, t.tier from ordered o join subjects_searchdoc d on d.id = o.id
        cross join lateral (
            select case
                when all_rows or exists (
                    select from access_viewerscope v where v.viewer_id = me and v.scope_id = d.scope_id
                    and (v.until is null or v.until > now()))
                then case when d.in_circle then 'full' else 'restricted' end
                when d.in_circle and (
                    exists (select from unnest(asked_numbers) n where length(n) >= 6 and n = any(d.numbers))
                    or (d.kind = 'person' and o.is_whole and o.name_words >= 2 and o.is_born)
                    or (d.kind = 'person' and o.is_close and typed >= 2 and o.is_born_then)
                    or (d.kind <> 'person' and o.name_words >= 2 and o.name_words = typed)
                    or (d.kind = 'place' and o.all_words = typed
                        and (d.words && postcodes or (d.words && single and d.label ~* '^(the )?[^ ]+$'))))
                and exists (
                    select from subjects_headline h join access_viewerscope v on v.viewer_id = me and v.scope_id = h.scope_id
                    where h.subject_id = d.subject_id and (v.until is null or v.until > now()))
                then 'headline' end as tier offset 0) t
        where o.total > 0 and t.tier is not null
        limit most * 4
    ), each as (
        select distinct on (s.subject_id) s.* from seen s
        order by s.subject_id, array_position(array['full', 'restricted', 'headline'], s.tier), s.total desc
    ), placed as (
        select e.*, row_number() over (partition by e.tier = 'headline' order by e.total desc, e.subject_id) as place from each e
    )
    select p.subject_id, p.label::text, p.tier, p.total::real, w.at, w.how, w.word,
        (select q.how from unnest(d.days) x(day) join unnest(near_days, day_points, day_how) q(day, points, how) on q.day = x.day
            order by q.points desc limit 1),
        (select x from unnest(d.numbers) x where x = any(asked_numbers) limit 1)
    from placed p join subjects_searchdoc d on d.id = p.id
    cross join lateral (
        select array_agg(m.at order by m.at) as at, array_agg(m.how order by m.at) as how, array_agg(m.word order by m.at) as word
        from (
            select distinct on (n.at) n.at, n.how, n.word
            from unnest(near_at, near_id, near_far, near_how, near_word) n(at, id, far, how, word)
            where n.id = any(d.words) order by n.at, n.far) m) w
    where p.place <= case when p.tier = 'headline' then most_headlines else most end
    order by p.total desc, p.label, p.subject_id;
end
$find$;
revoke execute on function kith_find from public;
grant execute on function kith_find to kith_served;
