"""Heat and cold on skin. May set a hard limit, and only ever a tighter one.

`burns` and `kinetics`: how long skin bears how much. `tissue` and `pennes`: how warm it gets. `contact`: two bodies
that touch. `source`: packs, stones and baths. `limit`: all of it, with the rules, for one person.
"""
