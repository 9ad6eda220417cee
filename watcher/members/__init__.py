"""Members: who of the cluster is in the news, and what concerns whom.

Promise: a member is named only where the words beside the name agree, and everything carries its reason in words.
Pure: the register, entries, stories and cards in; mentions, relevances and hints out. Nothing is logged.
"""
