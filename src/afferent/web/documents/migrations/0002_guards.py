"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity, WrittenOnce


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [
        RowSecurity("documents_document"),
        WrittenOnce("documents_document"),
    ]
