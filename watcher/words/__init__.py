"""Words as every room counts them: folded, tokenised, stemmed, with how common they are.

Part of the shelf: matching a topic, grouping a story and ranking a trend must agree on what a
word is, in French and in English, or their reasons would contradict each other. Standard library only.
"""
