"""Figures of a text against each other: counts, bases, percentages, sums."""
