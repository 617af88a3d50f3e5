"""Reports: who is asked when, which period is meant, what many of them add up to."""
