"""Tables made together are what they would be one by one, and go away again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.db.migrations.operations import AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from kith.foundations.database.together import CreateTogether

KEY = ("id", models.BigAutoField(primary_key=True))
TREE = CreateModel("Tree", [KEY, ("height", models.IntegerField())])
LEAF = CreateModel("Leaf", [KEY, ("tree", models.ForeignKey("grove.Tree", models.CASCADE))])
TOP = AddField("Tree", "top", models.ForeignKey("grove.Leaf", models.CASCADE, null=True, related_name="+"))
BY_HEIGHT = AddIndex("Tree", models.Index(fields=["height"], name="by_height"))


@pytest.fixture
def made(db: None) -> Iterator[ProjectState]:
    before, after = ProjectState(), ProjectState()
    operation = CreateTogether(TREE, LEAF, TOP, BY_HEIGHT)
    operation.state_forwards("grove", after)
    with connection.schema_editor(atomic=True) as editor:
        operation.database_forwards("grove", editor, before, after)
    yield after
    connection.check_constraints()  # what is still to be checked would hold the tables
    with connection.schema_editor(atomic=True) as editor:
        operation.database_backwards("grove", editor, after, before)
    assert not {"grove_tree", "grove_leaf"} & set(connection.introspection.table_names())


def test_tables_fields_and_indexes_stand(made: ProjectState) -> None:
    tree, leaf = made.apps.get_model("grove", "Tree"), made.apps.get_model("grove", "Leaf")
    oak = tree._default_manager.create(height=20)
    oak.top = leaf._default_manager.create(tree=oak)
    oak.save()
    with connection.cursor() as cursor:
        assert "by_height" in connection.introspection.get_constraints(cursor, "grove_tree")


def test_only_parts_of_models_that_are_new() -> None:
    with pytest.raises(ValueError, match="Not of a model"):
        CreateTogether(LEAF, BY_HEIGHT)
