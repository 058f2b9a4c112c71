"""The rules of money as pure functions: figures in, a result with its working out. No records, no clock, no floats.

Amounts are pounds and pence, per week unless the name says otherwise. The source of each rule stands beside it;
sections are those of domain/money.md.
"""
