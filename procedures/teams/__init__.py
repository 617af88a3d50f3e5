"""Teams as released decisions make them: fold and roster, merged hamlets, schools, Zalo."""
