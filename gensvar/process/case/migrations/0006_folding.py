from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("case", "0005_answer_due"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="folded",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
