"""The web application. One app for each part of a clinic's day, each a vertical slice; so far: screening.

Nothing below this folder imports it. It decides nothing: it reads what is sent, asks the core, and shows the answer.
"""
