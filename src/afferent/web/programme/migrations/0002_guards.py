"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity, WrittenOnce

_ALL = ("offer", "reckoned", "judged", "study", "participant")


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]
    operations = [
        *(RowSecurity(f"programme_{name}") for name in _ALL),
        WrittenOnce("programme_offer"),
    ]
