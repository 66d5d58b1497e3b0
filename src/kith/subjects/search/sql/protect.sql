-- What keeps the search tables in step with the subjects they are about.
alter table subjects_searchword set (fillfactor = 50);  -- counts are updated in place
create trigger forget after delete on subjects_searchdoc referencing old table as gone
    for each statement execute function kith_forget_doc();
alter table subjects_searchdoc add constraint doc_goes_with_its_subject
    foreign key (subject_id) references subjects_subject on delete cascade;
alter table subjects_searchname add constraint name_goes_with_its_subject
    foreign key (subject_id) references subjects_subject on delete cascade;
