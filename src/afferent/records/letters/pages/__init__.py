"""From a letter to what stands on its page: plain words and drawings as one mapping, which a typst template lays out.

One module per kind of page. Every text goes through `text.printable` here, and reaches the template as data, never as a
piece of its program.
"""
