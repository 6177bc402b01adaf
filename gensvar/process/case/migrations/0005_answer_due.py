"""Each case keeps when its first answer is due, so that a changed promise holds for new clocks only."""

from datetime import timedelta
from typing import Any

from django.db import migrations, models
from django.db.models import F


def by_the_promise_of_today(apps: Any, _schema_editor: Any) -> None:
    """What was promised when an old case was opened was not written down; the promise of today stands for it."""
    for workspace in apps.get_model("people", "Workspace").objects.all():
        due_at = F("clock_started_at") + timedelta(minutes=workspace.answer_minutes)
        apps.get_model("case", "Case").objects.filter(workspace=workspace).update(answer_due_at=due_at)


class Migration(migrations.Migration):
    dependencies = [("case", "0004_named_facts")]

    operations = [
        migrations.AddField("case", "answer_due_at", models.DateTimeField(null=True)),
        migrations.RunPython(by_the_promise_of_today, migrations.RunPython.noop),
        migrations.AlterField("case", "answer_due_at", models.DateTimeField()),
    ]
