"""The calculators a second time, by another hand: whole pence and fractions, plain dictionaries of the case format.

Nothing here imports the calculators, and no rule is taken from them.
"""
