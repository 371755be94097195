"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity, WrittenOnce


class Migration(migrations.Migration):
    dependencies = [("post", "0001_initial")]
    operations = [
        *(RowSecurity(f"post_{name}") for name in ("manner", "preference", "message")),
        WrittenOnce("post_preference"),
    ]
