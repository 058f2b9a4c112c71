"""Whether a return can be sent: 58 rules, each a pure function of a row and of what the whole file says."""
