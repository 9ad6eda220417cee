"""Opportunities: what a member can still bid for, apply to or attend, read from ordinary articles.

Promise: no card without a cue, and no date that was not read. Pure: entries in, opportunities and cards out.
"""
