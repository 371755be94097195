"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity, WrittenOnce


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [
        RowSecurity("clients_client"),
        RowSecurity("clients_nameword"),
        RowSecurity("clients_record"),
        RowSecurity("clients_statement"),
        RowSecurity("clients_screened"),
        RowSecurity("clients_setaside"),
        WrittenOnce("clients_record"),
        WrittenOnce("clients_statement"),
        WrittenOnce("clients_screened"),
        WrittenOnce("clients_setaside"),
    ]
