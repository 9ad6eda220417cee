"""Delivery: how editions leave the program, as files and as mail."""
