"""The files of NPPES, the register of US providers: its names, read row by row (`chunks`, `columns`, `listing`).

A row says who somebody is and where. It never says that somebody is licensed or trained.
"""
