from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("case", "0003_newest_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="folded",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
