"""Other libraries on the same equations, to set our own solvers beside them. README.md says how each was set up.

`pde_heat` (py-pde) and `gate_scipy`, `gate_brian` (SciPy, Brian2) are the peers; `refined_heat` and `refined_gate` are
the yardsticks by which all errors are measured; `skin`, `circuit` and `trials` state the cases. Nothing here imports
our own solvers. Installed by `make bench` only (requirements/bench.txt).
"""
