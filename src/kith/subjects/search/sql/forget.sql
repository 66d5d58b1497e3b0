-- What hangs on a doc goes with it.
create or replace function kith_forget_doc() returns trigger language plpgsql as $$
begin
    delete from subjects_searchposting p using gone g, unnest(g.words) w(id)
        where p.word_id = w.id and p.beside = any(0 || g.words) and p.doc_id = g.id;
    delete from subjects_searchday d using gone g, unnest(g.days) x(day) where d.day = x.day and d.doc_id = g.id;
    delete from subjects_searchnumber n using gone g, unnest(g.numbers) x(number)
        where n.number = x.number and n.doc_id = g.id;
    return null;
end $$;
