"""Finding a therapist: the public pages over a directory, claiming a profile, and what the staff checks.

Nobody signs in to search, and nothing of a search is kept: it comes in the body of a form and goes when it is
answered. The directory itself is `afferent.directory`; where it is says AFFERENT_DIRECTORY.
"""
