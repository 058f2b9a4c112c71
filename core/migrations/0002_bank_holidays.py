"""The bank holidays of England from 2024 to 2030 that fall on a Monday to Friday, written out as data.

Derived from the rules of the Banking and Financial Dealings Act 1971 and checked against the official list as far as
it is published; later years are to be confirmed. A further day is added in the admin.
"""

from datetime import date

from django.db import migrations

SOURCE = "gov.uk/bank-holidays, England and Wales (background, verify for years not yet published)"

DAYS = [
    (date(2024, 1, 1), "New Year’s Day"),
    (date(2024, 3, 29), "Good Friday"),
    (date(2024, 4, 1), "Easter Monday"),
    (date(2024, 5, 6), "Early May bank holiday"),
    (date(2024, 5, 27), "Spring bank holiday"),
    (date(2024, 8, 26), "Summer bank holiday"),
    (date(2024, 12, 25), "Christmas Day"),
    (date(2024, 12, 26), "Boxing Day"),
    (date(2025, 1, 1), "New Year’s Day"),
    (date(2025, 4, 18), "Good Friday"),
    (date(2025, 4, 21), "Easter Monday"),
    (date(2025, 5, 5), "Early May bank holiday"),
    (date(2025, 5, 26), "Spring bank holiday"),
    (date(2025, 8, 25), "Summer bank holiday"),
    (date(2025, 12, 25), "Christmas Day"),
    (date(2025, 12, 26), "Boxing Day"),
    (date(2026, 1, 1), "New Year’s Day"),
    (date(2026, 4, 3), "Good Friday"),
    (date(2026, 4, 6), "Easter Monday"),
    (date(2026, 5, 4), "Early May bank holiday"),
    (date(2026, 5, 25), "Spring bank holiday"),
    (date(2026, 8, 31), "Summer bank holiday"),
    (date(2026, 12, 25), "Christmas Day"),
    (date(2026, 12, 28), "Boxing Day (substitute day)"),
    (date(2027, 1, 1), "New Year’s Day"),
    (date(2027, 3, 26), "Good Friday"),
    (date(2027, 3, 29), "Easter Monday"),
    (date(2027, 5, 3), "Early May bank holiday"),
    (date(2027, 5, 31), "Spring bank holiday"),
    (date(2027, 8, 30), "Summer bank holiday"),
    (date(2027, 12, 27), "Christmas Day (substitute day)"),
    (date(2027, 12, 28), "Boxing Day (substitute day)"),
    (date(2028, 1, 3), "New Year’s Day (substitute day)"),
    (date(2028, 4, 14), "Good Friday"),
    (date(2028, 4, 17), "Easter Monday"),
    (date(2028, 5, 1), "Early May bank holiday"),
    (date(2028, 5, 29), "Spring bank holiday"),
    (date(2028, 8, 28), "Summer bank holiday"),
    (date(2028, 12, 25), "Christmas Day"),
    (date(2028, 12, 26), "Boxing Day"),
    (date(2029, 1, 1), "New Year’s Day"),
    (date(2029, 3, 30), "Good Friday"),
    (date(2029, 4, 2), "Easter Monday"),
    (date(2029, 5, 7), "Early May bank holiday"),
    (date(2029, 5, 28), "Spring bank holiday"),
    (date(2029, 8, 27), "Summer bank holiday"),
    (date(2029, 12, 25), "Christmas Day"),
    (date(2029, 12, 26), "Boxing Day"),
    (date(2030, 1, 1), "New Year’s Day"),
    (date(2030, 4, 19), "Good Friday"),
    (date(2030, 4, 22), "Easter Monday"),
    (date(2030, 5, 6), "Early May bank holiday"),
    (date(2030, 5, 27), "Spring bank holiday"),
    (date(2030, 8, 26), "Summer bank holiday"),
    (date(2030, 12, 25), "Christmas Day"),
    (date(2030, 12, 26), "Boxing Day"),
]


def write(apps, schema_editor):
    apps.get_model("core", "BankHoliday").objects.bulk_create(
        [apps.get_model("core", "BankHoliday")(day=day, name=name, source=SOURCE) for day, name in DAYS],
        ignore_conflicts=True,
    )


def remove(apps, schema_editor):
    apps.get_model("core", "BankHoliday").objects.filter(
        day__in=[day for day, _ in DAYS], source=SOURCE
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(write, remove)]
