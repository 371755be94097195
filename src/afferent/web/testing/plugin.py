"""Settings of the test run, made before Django reads any: which database, and what is open.

Loaded by pytest before everything else (`-p` in pyproject.toml). AFFERENT_TEST_POSTGRES=1 runs on a real PostgreSQL
out of a wheel, and then only what keeps something in Django's database: the rest would be the same once more. Its role
is an ordinary one, for a superuser would walk through row security.
"""

from __future__ import annotations

import os

import pytest

os.environ["AFFERENT_OPEN"] = "1"  # the screening of single records is tested as the demo shows it
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop running; the tests are not in it
os.environ.pop("DATABASE_URL", None)

if os.environ.get("AFFERENT_TEST_POSTGRES") == "1":
    from afferent.web.testing import postgres

    os.environ["DATABASE_URL"] = postgres.started()

    def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out what asks for no database, or makes its own."""
        wanted = [one for one in items if _keeps(one)]
        config.hook.pytest_deselected(items=[one for one in items if not _keeps(one)])
        items[:] = wanted


def _keeps(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None
