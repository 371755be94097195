"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity, WrittenOnce


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        RowSecurity("audit_entry"),
        WrittenOnce("audit_entry", kept=True),
    ]
