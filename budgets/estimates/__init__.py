"""The calculators in the words of the case format `money-cases/1`: inputs judged strictly, results as they are printed.

One description of each kind serves the API, the command `check_money_cases` and its page in the admin.
"""
