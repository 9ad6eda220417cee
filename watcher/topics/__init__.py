"""Topics: is an entry on one, how surely, and why in words. Pure: the shelf and nothing else."""
