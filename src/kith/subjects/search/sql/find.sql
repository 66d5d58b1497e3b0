-- The one way to the search tables. It answers only what the viewer (kith_viewer()) may know:
--   full        the viewer holds the circle's scope
--   restricted  the viewer holds the scope of a restricted part, and the name asked for is the one kept there
--   headline    the viewer holds the partnership's scope, a headline exists, and what was asked is specific enough:
--               a number; or first and last name with a date of birth, year or age that fits; a place's or group's name
-- Typed words are numbered from 1. Arrays that describe keys run side by side; so do those that describe days.
create or replace function kith_find(
    keys text[], key_at int[], key_dropped int[], key_how text[],
    starts text[], start_at int[],
    slips real[], two_slips real[], equated real, sounds real[], is_name boolean[],
    day_from date[], day_to date[], day_points real[], day_how text[], day_firm boolean[],
    exact_days date[], asked_numbers text[], most int, most_headlines int
) returns table (
    subject bigint, label text, tier text, points real, at int[], how text[], word text[], born text, number text
)
language plpgsql stable security definer
set search_path = public, pg_temp
set kith.search = 'on'
set jit = off
set enable_seqscan = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $find$
#variable_conflict use_column
declare
    me constant bigint := kith_viewer();
    all_rows constant boolean := kith_sees_all();
    held int;
    near_at int[]; near_id int[]; near_far real[]; near_how text[]; near_word text[]; near_docs int[];
    weight real[];
    names int[];
    found bigint[] := '{}';
    more bigint[];
    one int[]; two int[];
    i int; j int;
    typed constant int := coalesce(cardinality(slips), 0);
begin
    select count(*) into held from (
        select from access_viewerscope v where v.viewer_id = me and (v.until is null or v.until > now()) limit 25001) h;
    if me is null or (held = 0 and not all_rows) then
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
            least(12, greatest(1.5, ln(c.docs / greatest(1, coalesce(max(n.docs) filter (where n.far <= .35), 1)))))::real as tells
        from generate_series(1, typed) t(at)
        cross join (select greatest(1000, (select w.docs from subjects_searchword w where w.word = '*'))::real as docs) c
        left join unnest(near_at, near_far, near_docs) n(at, far, docs) on n.at = t.at
        group by t.at, c.docs
    ) w;

    -- numbers and days:
    select array_agg(c.doc_id) into more from (
        select n.doc_id from subjects_searchnumber n where n.number = any(asked_numbers)
        union all
        (select d.doc_id from subjects_searchday d where d.day = any(exact_days) limit 3000)
    ) c;
    found := found || coalesce(more, '{}');

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

    if held <= 2000 and not all_rows then
        -- their own people, groups and places, however little was typed:
        select array_agg(d.id) into more
        from access_viewerscope v join subjects_searchdoc d on d.scope_id = v.scope_id
        where v.viewer_id = me and (v.until is null or v.until > now());
        found := found || coalesce(more, '{}');
    elsif cardinality(names) = 1 or cardinality(found) < 20 then
        -- one word alone:
        select array_agg(c.doc_id) into more from (
            select p.doc_id from (
                select n.id from unnest(near_id, near_far) n(id, far) order by n.far limit 60) w,
            lateral (select p.doc_id from subjects_searchposting p
                where p.word_id = w.id and p.beside = 0 limit 2000) p limit 4000
        ) c;
        found := found || coalesce(more, '{}');
    end if;

    return query
    -- score:
    with candidate as (
        select d.* from subjects_searchdoc d where d.id = any(array(select distinct f from unnest(found) f))
    ), met as (
        select distinct on (d.id, n.at) d.id, n.at, n.far, n.how, n.word,
            n.id = any(d.firsts) as is_first, n.id = any(d.lasts) as is_last
        from candidate d cross join lateral unnest(d.words) w(id)
        join unnest(near_at, near_id, near_far, near_how, near_word) n(at, id, far, how, word) on n.id = w.id
        order by d.id, n.at, n.far
    ), named as (
        select m.id, sum(weight[m.at] * (1.5 - m.far)) as told, count(*) as words,
            count(*) filter (where is_name[m.at]) as name_words,
            array_agg(m.at order by m.at) as at, array_agg(m.how order by m.at) as how, array_agg(m.word order by m.at) as word,
            bool_or(m.is_first and m.far <= .6) and bool_or(m.is_last and m.far <= .6) as is_whole,
            .2 * bool_or(m.is_first and m.at = 1)::int as in_order
        from met m group by m.id
    ), scored as (
        select d.id, d.subject_id, d.scope_id, d.in_circle, d.label, d.kind, n.at, n.how, n.word, b.how as born,
            (select x from unnest(d.numbers) x where x = any(asked_numbers) limit 1) as number,
            coalesce(n.words, 0) as words, coalesce(n.name_words, 0) as name_words, coalesce(n.is_whole, false) as is_whole,
            coalesce(b.firm, false) as is_born,
            (coalesce(n.told, 0) + coalesce(n.in_order, 0) - .5 * (select coalesce(sum(x), 0) from unnest(weight) x)
                + coalesce(b.points, case when cardinality(day_from) > 0 and cardinality(d.days) > 0 then -4 else 0 end)
                + .3 * d.is_child::int)::real as points
        from candidate d
        left join named n on n.id = d.id
        left join lateral (
            select q.points, q.how, q.firm
            from unnest(d.days) x(day) join unnest(day_from, day_to, day_points, day_how, day_firm) q(first, last, points, how, firm)
            on x.day between q.first and q.last order by q.points desc limit 1) b on true
    ), open as (
        select s.*, case when all_rows or exists (
                select from access_viewerscope v where v.viewer_id = me and v.scope_id = s.scope_id
                and (v.until is null or v.until > now()))
            then case when s.in_circle then 'full' else 'restricted' end
            when s.in_circle and (
                s.number is not null
                or (s.kind = 'person' and s.is_whole and s.name_words >= 2 and s.is_born)
                or (s.kind <> 'person' and s.name_words >= 2 and s.name_words = typed))
            then 'asked' end as tier
        from scored s
        where s.number is not null or (s.points > -6 and (s.words > 0 or (typed = 0 and s.born is not null)))
    ), shown as (
        select o.*, case o.tier when 'asked' then 'headline' else o.tier end as seen from open o
        where o.tier is not null and (o.tier <> 'asked' or exists (
            select from subjects_headline h join access_viewerscope v on v.viewer_id = me and v.scope_id = h.scope_id
            where h.subject_id = o.subject_id and (v.until is null or v.until > now())))
    ), each as (
        select distinct on (s.subject_id) s.*, s.points + 40 * (s.number is not null)::int as total from shown s
        order by s.subject_id, array_position(array['full', 'restricted', 'headline'], s.seen), s.points desc
    ), placed as (
        select e.*, row_number() over (partition by e.seen = 'headline' order by e.total desc, e.subject_id) as place from each e
    )
    select p.subject_id, p.label::text, p.seen, p.total::real, p.at, p.how, p.word, p.born, p.number::text
    from placed p where p.place <= case when p.seen = 'headline' then most_headlines else most end
    order by p.total desc, p.label, p.subject_id;
end
$find$;
revoke execute on function kith_find from public;
grant execute on function kith_find to kith_served;
