"""Row security, as migration steps: which rows exist for a viewer is decided in the database, once.

`ProtectRows("subjects_subject")` makes a table show a row only to a viewer who holds its `scope_id`, or to a
named system job. The policy is the EXISTS form with the primary key (viewer, scope): one index look-up a row,
whoever looks. `OpenAlso("missing_episode", "desk_id")` shows its rows also to whoever holds a second audience, such as
those who search. `NarrowRows("missing_said", "kith_of_social_care")` shows them, of those who hold the scope, only to
whoever the function is true of: an audience that follows the scope's openings by itself.
`ProtectOwnRows("drafts_draft")` makes a table show a row only to the viewer it belongs to, whatever their role, or to a
named system job.

The functions name their tables with the schema: a temporary table of the same name cannot stand in for them.
"""

from __future__ import annotations

from django.db import migrations

from kith.foundations.database.embedded import SERVED_ROLE

__all__ = ["SERVED_ROLE", "NarrowRows", "OpenAlso", "ProtectOwnRows", "ProtectRows"]

# Roles belong to the whole cluster, so several databases may be made ready at once: whoever comes second
# finds the role.
ROLE = f"""
do $$ begin
  if not exists (select from pg_roles where rolname = '{SERVED_ROLE}') then
    create role {SERVED_ROLE} nologin nobypassrls;
  end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then raise exception using
    message = 'The role {SERVED_ROLE} does not exist and ' || current_user || ' may not create it.',
    hint = 'Ask the database administrator: create role {SERVED_ROLE} nologin; grant {SERVED_ROLE} to '
      || current_user;
end $$;
do $$ begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant {SERVED_ROLE} to %I', current_user);
  end if;
exception
  when internal_error then null;  -- "tuple concurrently updated": somebody is granting the same
  when insufficient_privilege then
    if not pg_has_role(current_user, '{SERVED_ROLE}', 'member') then raise exception using
      message = current_user || ' is not a member of {SERVED_ROLE}.',
      hint = 'Ask the database administrator: grant {SERVED_ROLE} to ' || current_user;
    end if;
end $$;
"""  # noqa: S608 - a name of our own

GRANTS = f"""
grant usage on schema public to {SERVED_ROLE};
revoke create on schema public from public;
revoke create on schema public from {SERVED_ROLE};
alter default privileges in schema public grant select, insert, update, delete on tables to {SERVED_ROLE};
alter default privileges in schema public grant usage, select on sequences to {SERVED_ROLE};
grant select, insert, update, delete on all tables in schema public to {SERVED_ROLE};
grant usage, select on all sequences in schema public to {SERVED_ROLE};
"""

FUNCTIONS = """
create or replace function kith_viewer() returns bigint language sql stable parallel safe as
$$ select nullif(current_setting('kith.viewer', true), '')::bigint $$;

create or replace function kith_sees_all() returns boolean language sql stable parallel safe as
$$ select exists (select from public.access_viewer v
   where v.id = public.kith_viewer() and v.reach = 'all' and v.role = 'system' and v.is_active) $$;

create or replace function kith_scopes() returns bigint[] language sql stable parallel safe as
$$ select coalesce(array_agg(s.scope_id), '{}') from public.access_viewerscope s
   where s.viewer_id = public.kith_viewer() and (s.until is null or s.until > now()) $$;
"""

ROLE_AND_FUNCTIONS = ROLE + GRANTS + FUNCTIONS

POLICY = """
alter table {table} enable row level security;
alter table {table} force row level security;
create policy held on {table} for all to {role}
  using (exists (select from access_viewerscope v where v.viewer_id = (select kith_viewer())
         and v.scope_id = {table}.{column} and (v.until is null or v.until > now())))
  with check (exists (select from access_viewerscope v where v.viewer_id = (select kith_viewer())
         and v.scope_id = {table}.{column} and (v.until is null or v.until > now())));
create policy system on {table} for all to {role} using ((select kith_sees_all())) with check ((select
kith_sees_all()));
"""

ALSO_POLICY = """
create policy also_{column} on {table} for all to {role}
  using (exists (select from access_viewerscope v where v.viewer_id = (select kith_viewer())
         and v.scope_id = {table}.{column} and (v.until is null or v.until > now())))
  with check (exists (select from access_viewerscope v where v.viewer_id = (select kith_viewer())
         and v.scope_id = {table}.{column} and (v.until is null or v.until > now())));
"""

NARROW_POLICY = """
drop policy held on {table};
create policy held on {table} for all to {role}
  using ((select public.{function}()) and exists (select from access_viewerscope v
         where v.viewer_id = (select kith_viewer())
         and v.scope_id = {table}.{column} and (v.until is null or v.until > now())))
  with check ((select public.{function}()) and exists (select from access_viewerscope v
         where v.viewer_id = (select kith_viewer())
         and v.scope_id = {table}.{column} and (v.until is null or v.until > now())));
"""

WIDEN_AGAIN = """
drop policy held on {table};
create policy held on {table} for all to {role}
  using (exists (select from access_viewerscope v where v.viewer_id = (select kith_viewer())
         and v.scope_id = {table}.{column} and (v.until is null or v.until > now())))
  with check (exists (select from access_viewerscope v where v.viewer_id = (select kith_viewer())
         and v.scope_id = {table}.{column} and (v.until is null or v.until > now())));
"""

OWN_POLICY = """
alter table {table} enable row level security;
alter table {table} force row level security;
create policy own on {table} for all to {role}
  using ({column} = (select kith_viewer())) with check ({column} = (select kith_viewer()));
create policy system on {table} for all to {role} using ((select kith_sees_all())) with check ((select
kith_sees_all()));
"""

UNDO = """
drop policy {policy} on {table};
drop policy system on {table};
alter table {table} no force row level security;
alter table {table} disable row level security;
"""


class ProtectRows(migrations.RunSQL):
    """A migration step that puts a table under row security by its scope column."""

    def __init__(self, table: str, column: str = "scope_id") -> None:
        words = {"table": table, "column": column, "role": SERVED_ROLE}
        self.table, self.column = table, column
        super().__init__(sql=POLICY.format(**words), reverse_sql=UNDO.format(table=table, policy="held"))

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return (self.__class__.__qualname__, [self.table], {"column": self.column})


class OpenAlso(migrations.RunSQL):
    """A migration step, after ProtectRows, that shows a table's rows also to the audience in a second column."""

    def __init__(self, table: str, column: str) -> None:
        words = {"table": table, "column": column, "role": SERVED_ROLE}
        self.table, self.column = table, column
        super().__init__(sql=ALSO_POLICY.format(**words), reverse_sql=f"drop policy also_{column} on {table}")

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return (self.__class__.__qualname__, [self.table], {"column": self.column})


class NarrowRows(migrations.RunSQL):
    """A migration step, after ProtectRows: of those who hold the scope, only whoever `function` is true of.

    `function` is one of the database, without arguments, that says it of whoever looks.
    """

    def __init__(self, table: str, function: str, column: str = "scope_id") -> None:
        words = {"table": table, "function": function, "column": column, "role": SERVED_ROLE}
        self.table, self.function, self.column = table, function, column
        super().__init__(sql=NARROW_POLICY.format(**words), reverse_sql=WIDEN_AGAIN.format(**words))

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return (self.__class__.__qualname__, [self.table, self.function], {"column": self.column})


class ProtectOwnRows(migrations.RunSQL):
    """A migration step that lets each row of a table be seen by one viewer only: the one in its viewer column."""

    def __init__(self, table: str, column: str = "viewer_id") -> None:
        words = {"table": table, "column": column, "role": SERVED_ROLE}
        self.table, self.column = table, column
        super().__init__(sql=OWN_POLICY.format(**words), reverse_sql=UNDO.format(table=table, policy="own"))

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return (self.__class__.__qualname__, [self.table], {"column": self.column})
