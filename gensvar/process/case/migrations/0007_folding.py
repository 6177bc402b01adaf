from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("case", "0006_cover"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="folded",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
