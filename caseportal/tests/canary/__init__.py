"""Need-to-know, proven without a list of bugs: tokens in every hidden field, and worlds that differ only in what is hidden.

Both walk every address from the resolver, so that a new route is in from the day it is made.
"""
