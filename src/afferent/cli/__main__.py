"""`python -m afferent.cli`."""

import sys

from afferent.cli import main

sys.exit(main())
