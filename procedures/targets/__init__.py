"""Targets after their release: assigned, shown, copied, how far teams have come."""
