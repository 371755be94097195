"""Published models of heat, of the gate and of the stroke, each saying what it may decide.

`heat` may set a hard limit, and only ever a tighter one. `gate` explains and forecasts nothing for anybody. `touch`
guides. All three are checked against published numbers: see docs/physiology.md.
"""
