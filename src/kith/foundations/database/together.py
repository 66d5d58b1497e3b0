"""Many tables in one step of a migration.

Django works out every model anew for each table, index and constraint that a migration adds, which for a hundred
tables that all lead to one another takes far longer than the database needs. Here it does so once for all of them.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Part = CreateModel | AddField | AddIndex | AddConstraint


class CreateTogether(Operation):
    """New models, with the fields, indexes and constraints that the same migration adds to those very models."""

    def __init__(self, *parts: Part) -> None:
        self.parts = parts
        new = {part.name_lower for part in parts if isinstance(part, CreateModel)}
        strange = [part for part in parts if not isinstance(part, CreateModel) and part.model_name_lower not in new]
        if strange:
            raise ValueError(f"Not of a model that is created here: {strange}")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, list(self.parts), {})

    def describe(self) -> str:
        return f"Create {len(self._created())} models together"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # to be worked out once, when next asked for
        for part in self.parts:
            part.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for part in self._created():
            model = to_state.apps.get_model(app_label, part.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for part in reversed(self._created()):
            model = from_state.apps.get_model(app_label, part.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def _created(self) -> list[CreateModel]:
        return [part for part in self.parts if isinstance(part, CreateModel)]
