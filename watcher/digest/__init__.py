"""The digest: what a member reads. Pure from material to bytes.

``compose`` decides what stands where, the ``to_*`` files give it a form, and nothing here looks
at a clock, a database or the network: the same material gives the same bytes.
"""
