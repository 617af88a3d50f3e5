"""Recorded people: names and phones, who is who, what is asked for one member."""
