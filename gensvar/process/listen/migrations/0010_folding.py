import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("case", "0007_folding"),
        ("listen", "0009_gaps_are_work"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="mention",
            name="folded_reach",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="mention",
            name="folded_under",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="folded",
                to="listen.mention",
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="how",
            field=models.CharField(
                blank=True,
                choices=[("repost", "Repost"), ("quote", "Quote"), ("cross-post", "Cross-post")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="likeness",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AlterField(
            model_name="mention",
            name="part",
            field=models.CharField(
                choices=[
                    ("found", "Found"),
                    ("answer", "Answer of the author"),
                    ("context", "In the thread"),
                    ("ours", "Ours"),
                    ("folded", "Said before"),
                ],
                default="found",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                condition=models.Q(("folded_under__isnull", False)),
                fields=["folded_under", "deleted_at", "how", "author_followers"],
                name="mention_folds",
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["workspace", "likeness"], name="mention_likeness"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("folded_under__isnull", False),
                        ("part", "folded"),
                        models.Q(("how", ""), _negated=True),
                        ("case", None),
                    ),
                    models.Q(
                        models.Q(("part", "folded"), _negated=True), ("folded_under", None), ("how", "")
                    ),
                    _connector="OR",
                ),
                name="mention_folded",
            ),
        ),
    ]
