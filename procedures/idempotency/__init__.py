"""Once only: a form sent twice, two people in one second, a network that is lost."""
