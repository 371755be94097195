"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity, WrittenOnce

_ONCE = ("note", "amendment", "nextday", "incident")


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_initial")]
    operations = [
        *(RowSecurity(f"notes_{name}") for name in ("notedraft", *_ONCE)),
        *(WrittenOnce(f"notes_{name}") for name in _ONCE),
    ]
