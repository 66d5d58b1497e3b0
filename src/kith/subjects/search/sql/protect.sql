-- The search tables: rows for named system jobs, and for the owner only while kith_find() runs.
alter table subjects_searchword set (fillfactor = 50);  -- counts are updated in place
create trigger forget after delete on subjects_searchdoc referencing old table as gone
    for each statement execute function kith_forget_doc();
alter table subjects_searchdoc add constraint doc_goes_with_its_subject
    foreign key (subject_id) references subjects_subject on delete cascade;
alter table subjects_searchname add constraint name_goes_with_its_subject
    foreign key (subject_id) references subjects_subject on delete cascade;
do $$
declare tables text[] := '{searchname,searchdoc,searchword,searchkey,searchposting,searchday,searchnumber}'; t text;
begin
    foreach t in array tables loop
        t := 'subjects_' || t;
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy system on %I for all to kith_served
            using ((select kith_sees_all())) with check ((select kith_sees_all()))', t);
        execute format('create policy search on %I for select to %I
            using ((select current_setting(''kith.search'', true)) = ''on'')', t, current_user);
    end loop;
end $$;
