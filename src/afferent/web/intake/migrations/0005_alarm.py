"""Whether what was answered so far means "get help now"."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_found_fast")]
    operations = [migrations.AddField("draft", "alarm", models.BooleanField(default=None, null=True))]
