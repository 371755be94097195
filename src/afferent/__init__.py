"""Afferent: for one person with neuropathy, is massage safe today, where, how hard and how warm?"""

__version__ = "0.1.0"
