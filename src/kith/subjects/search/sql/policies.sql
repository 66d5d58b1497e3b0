-- Rows for named system jobs; and for the owner, only while a search or its tidying runs.
do $$
declare tables text[] := '{searchname,searchdoc,searchword,searchkey,searchposting,searchday,searchnumber}'; t text;
begin
    foreach t in array tables loop
        t := 'subjects_' || t;
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('drop policy if exists system on %I', t);
        execute format('drop policy if exists search on %I', t);
        execute format('create policy system on %I for all to kith_served
            using ((select kith_sees_all())) with check ((select kith_sees_all()))', t);
        execute format('create policy search on %I for all to %I
            using ((select current_setting(''kith.search'', true)) = ''on'')', t, current_user);
    end loop;
end $$;
