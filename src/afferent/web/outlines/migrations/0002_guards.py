"""What the database itself holds about this table."""

from django.db import migrations

from afferent.web.guards import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("outlines", "0001_initial")]
    operations = [RowSecurity("outlines_chosen")]
