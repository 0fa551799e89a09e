"""The first day of an installation: areas, teams and people from one file, and what comes next until teams practise."""
