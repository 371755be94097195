"""The same rules over many people: every expression as SQL over one row per person.

Needs the extra `sql`. Reading whole bulk exports comes later; the language is settled here.
"""
