"""A client has one open draft, whatever happens at the same moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_guards")]
    operations = [
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None)), fields=("client",), name="one_open_draft_of_client"
            ),
        ),
    ]
