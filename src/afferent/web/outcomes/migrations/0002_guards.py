"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity, WrittenOnce

_ONCE = ("score", "trial", "ending")


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0001_initial")]
    operations = [
        *(RowSecurity(f"outcomes_{name}") for name in _ONCE),
        *(WrittenOnce(f"outcomes_{name}") for name in _ONCE),
    ]
