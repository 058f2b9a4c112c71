"""The bench: how many statements, how much longer than a bare page, how fast the night's work goes."""
