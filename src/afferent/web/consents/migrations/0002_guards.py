"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity, WrittenOnce


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_initial")]
    operations = [
        RowSecurity("consents_consent"),
        WrittenOnce("consents_consent"),
    ]
