"""A watch says whose inflections count, what its words are, and which line of the journal tells of its newest change."""

import django.db.models.deletion
from django.db import migrations, models

import gensvar.process.listen.models


class Migration(migrations.Migration):
    dependencies = [
        ("case", "0003_newest_first"),
        ("listen", "0002_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="watch",
            name="languages",
            field=models.JSONField(default=gensvar.process.listen.models.every_language),
        ),
        migrations.AddField(
            model_name="watch",
            name="boxes",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="watch",
            name="change",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="case.fact",
            ),
        ),
    ]
