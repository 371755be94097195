"""Settings of the test run, made before Django reads any: which database, and what is open.

Loaded by pytest before everything else (`-p` in pyproject.toml). AFFERENT_TEST_POSTGRES=1 runs the same tests on a real
PostgreSQL out of a wheel. Its role is an ordinary one, for a superuser would walk through row security.
"""

from __future__ import annotations

import os

os.environ["AFFERENT_OPEN"] = "1"  # the screening of single records is tested as the demo shows it
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop running; the tests are not in it
os.environ.pop("DATABASE_URL", None)

if os.environ.get("AFFERENT_TEST_POSTGRES") == "1":
    from afferent.web.testing import postgres

    os.environ["DATABASE_URL"] = postgres.started()
