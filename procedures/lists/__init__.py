"""Lists of teams and members: for an office above, on its own sheets, who saw phones."""
