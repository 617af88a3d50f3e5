"""Who is told what: notices, the daily letter, and who sits at which desk."""
