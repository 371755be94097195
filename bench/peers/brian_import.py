"""Brian2 2.9, the newest for Python 3.11, beside NumPy 2.4: it asks for `ndarray.ptp`, which is gone; `np.ptp` is not.

`load` imports it with that one word changed while it is read. Its files stay as they are, and so do its results:
nothing here calls `ptp`. With a Brian2 that no longer says it, this changes nothing.
"""

from __future__ import annotations

import importlib
import sys
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

MODULE = "brian2.units.fundamentalunits"


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path).replace(b"np.ndarray.ptp", b"np.ptp"), path)


class _Finder:
    @staticmethod
    def find_spec(name: str, path=None, target=None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name == MODULE else None
        if spec is not None:
            spec.loader = _Loader(name, spec.origin)
        return spec


@cache
def load() -> ModuleType:
    """Brian2, ready for use; takes a second or two the first time."""
    sys.meta_path.insert(0, _Finder)
    try:
        return importlib.import_module("brian2")
    finally:
        sys.meta_path.remove(_Finder)
