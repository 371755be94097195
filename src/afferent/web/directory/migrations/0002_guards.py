"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import WrittenOnce


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [WrittenOnce("directory_entry", kept=True)]
