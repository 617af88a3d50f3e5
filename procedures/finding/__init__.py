"""Search: the words under which cases, teams and people are found."""
