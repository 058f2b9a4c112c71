"""The demonstration council: invented teams, staff and people, dated from today."""
