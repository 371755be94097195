"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity, WrittenOnce


class Migration(migrations.Migration):
    dependencies = [("live", "0001_initial")]
    operations = [
        RowSecurity("live_session"),
        RowSecurity("live_happening"),
        WrittenOnce("live_happening"),
    ]
