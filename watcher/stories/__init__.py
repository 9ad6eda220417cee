"""Stories: entries on one event brought together, and which of them come first. Pure: the shelf and nothing else."""
