"""What the database itself holds about these tables."""

from django.db import migrations

from afferent.web.guards import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("book", "0001_initial")]
    operations = [
        RowSecurity("book_series"),
        RowSecurity("book_visit"),
    ]
