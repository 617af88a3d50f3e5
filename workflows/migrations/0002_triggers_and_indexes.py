"""The ledger's triggers, and two indexes of our own on Viewflow's tables.

Viewflow indexes neither the desk of a task nor the seed of a process: with a million tasks the
inbox was some sixty times slower than with a thousand.
"""

from django.db import migrations

from workflows import triggers

INDEXES = {
    "workflows_task_desk": (
        "viewflow_task (owner_permission_content_type_id, owner_permission_obj_pk, "
        "owner_permission, status)"
    ),
    "workflows_process_seed": "viewflow_process (seed_content_type_id, seed_object_id)",
}


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0001_initial"),
        ("viewflow", "0015_task_scheduled"),
    ]

    operations = [
        *(
            migrations.RunSQL(f"CREATE INDEX {name} ON {columns}", f"DROP INDEX {name}")
            for name, columns in INDEXES.items()
        ),
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection.alias),
            lambda apps, editor: triggers.remove(editor.connection.alias),
        ),
    ]
