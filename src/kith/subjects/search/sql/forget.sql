-- What hangs on a doc goes with it, whoever removes it.
create or replace function kith_forget_doc() returns trigger language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
    perform set_config('kith.search', 'on', true);  -- in the head it would need a superuser
    delete from subjects_searchposting p using gone g, unnest(g.words) w(id)
        where p.word_id = w.id and p.beside = any(0 || g.words) and p.doc_id = g.id;
    delete from subjects_searchday d using gone g, unnest(g.days) x(day)
        where d.day = x.day and d.word_id = any(0 || g.words) and d.doc_id = g.id;
    delete from subjects_searchnumber n using gone g, unnest(g.numbers) x(number)
        where n.number = x.number and n.doc_id = g.id;
    update subjects_searchword w set docs = w.docs - c.many
    from (select x.id, count(*) as many from gone g, unnest(g.words) x(id) group by x.id) c where c.id = w.id;
    update subjects_searchword set docs = docs - (select count(*) from gone) where word = '*';
    return null;
end $$;
