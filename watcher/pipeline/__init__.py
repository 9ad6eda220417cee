"""The order of things: fetch, annotate, group, publish, curate.

The only place that knows several rooms. A step reads from the store, calls a pure room, and writes back in
small transactions; it takes ``now``, does the same when run again, and can be killed anywhere.
"""
