"""Makes the first tables of a room at once.

Django works out every model anew after each step of a migration, because a step may look at what the one before it
left. A room's first migration only makes tables, so their models are worked out once, at its end: with a hundred tables
that is a second in place of a minute, each time that a service is opened for the first time.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ONLY = (AddConstraint, AddField, AddIndex, CreateModel)


class FirstTables(migrations.Migration):
    """The first migration of a room: nothing but tables, with their indexes and constraints."""

    initial = True
    operations: ClassVar[list[Operation]] = []

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        if collect_sql or not all(isinstance(each, ONLY) for each in self.operations):
            return super().apply(project_state, schema_editor, collect_sql)
        project_state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(self.app_label, project_state)
        for each in self.operations:
            if isinstance(each, CreateModel) and each.allow_migrate_model(
                schema_editor.connection.alias, model := project_state.apps.get_model(self.app_label, each.name)
            ):
                schema_editor.create_model(model)
        return project_state
