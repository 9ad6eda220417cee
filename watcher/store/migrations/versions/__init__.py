"""The changes, numbered in order."""
