"""The files people edit: ``feeds.yaml`` and ``members.yaml`` in, model objects out.

This room promises that a mistake is found before anything runs, told with all other mistakes
at once, at its line and column, with what to write instead. It also edits those files without
touching a byte that was not asked for.
"""
