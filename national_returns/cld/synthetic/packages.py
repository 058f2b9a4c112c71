"""What invented services consist of: component, arrangement, provider and price.

Prices are assumptions in pounds, near those of published council fee lists of 2025-26; they are for trying
things out and say nothing about what care costs.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from national_returns.cld.synthetic import names, shares
from national_returns.cld.synthetic.people import MadePerson, pick


@dataclass(frozen=True)
class Line:
    """One service line. Values of lists are codes; prices as the file writes them."""

    service_type: str
    component: str
    mechanism: str = ""
    provider: tuple[str, str] = ("", "")
    unit_cost: str = ""
    frequency: str = ""
    units: str = ""

    def values(self) -> dict[str, str]:
        return {
            "Service_Type": self.service_type,
            "Service_Component": self.component,
            "Delivery_Mechanism": self.mechanism,
            "Cost_Frequency_Unit_Type": self.frequency,
        }

    def texts(self) -> dict[str, str]:
        return {
            "Provider_CQC_Location_Name": self.provider[0],
            "Provider_CQC_Location_ID": self.provider[1],
            "Unit_Cost": self.unit_cost,
            "Planned_Units_Per_Week": self.units,
        }


class PackageMaker:
    """Puts lines together."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def _price(self, low: int, high: int, step_pence: int = 5) -> str:
        pence = self.rng.randrange(low * 100, high * 100 + 1, step_pence)
        return f"{pence // 100}.{pence % 100:02d}"

    def _provider(self, kind: str) -> tuple[str, str]:
        return self.rng.choice(names.PROVIDERS[kind])

    def long_term(self, setting: str, person: MadePerson) -> list[Line]:
        """The lines of a long-term package. Components differ, so no two lines share an event key."""
        if setting == "lt_residential":
            price = (
                self._price(1150, 2400, 50)
                if person.reason == "learning_disability"
                else self._price(720, 1080, 50)
            )
            return [Line(setting, "lt_residential", "", self._provider("residential"), price, "weekly")]
        if setting == "lt_nursing":
            return [
                Line(
                    setting, "lt_nursing", "", self._provider("nursing"), self._price(890, 1320, 50), "weekly"
                )
            ]
        if setting == "lt_prison":
            return [Line(setting, "prof_other", "commissioned", ("", ""), self._price(40, 90), "monthly")]
        return self._at_home(person)

    def _at_home(self, person: MadePerson) -> list[Line]:
        rng = self.rng
        mechanism = pick(rng, shares.MECHANISM)
        if mechanism == "direct_payment":
            lines = [
                Line(
                    "lt_community",
                    "direct_payment",
                    "direct_payment",
                    ("", ""),
                    self._price(240, 1900, 100),
                    "four_weekly",
                )
            ]
            arranged = "managed_budget"
        else:
            lines = [self._main_line(person, mechanism)]
            arranged = mechanism
        if rng.random() < (0.45 if person.reason == "learning_disability" else 0.12):
            sessions = f"{rng.randint(1, 5)}.00"
            lines.append(
                Line(
                    "lt_community",
                    "day_support",
                    arranged,
                    self._provider("day"),
                    self._price(38, 74),
                    "per_session",
                    sessions,
                )
            )
            if rng.random() < 0.35:
                lines.append(
                    Line(
                        "lt_community",
                        "transport",
                        arranged,
                        ("", ""),
                        self._price(9, 21),
                        "per_session",
                        sessions,
                    )
                )
        if person.reason == "physical_personal_care" and rng.random() < 0.05:
            lines.append(
                Line("lt_community", "meals", arranged, ("", ""), self._price(5, 7), "daily", "7.00")
            )
        return lines

    def _main_line(self, person: MadePerson, mechanism: str) -> Line:
        rng = self.rng
        if person.accommodation == "supported_accommodation":
            return Line(
                "lt_community", "supported_living", mechanism, self._provider("supported_living"), self._price(420, 1650, 50), "weekly"
            )  # fmt: skip
        if person.accommodation == "shared_lives":
            return Line(
                "lt_community", "shared_lives", mechanism, ("", ""), self._price(380, 620, 50), "weekly"
            )
        if person.accommodation == "sheltered_extra_care" and rng.random() < 0.4:
            return Line(
                "lt_community", "extra_care", mechanism, self._provider("supported_living"), self._price(190, 420, 50), "weekly"
            )  # fmt: skip
        hours = rng.choices(
            ("3.50", "5.25", "7.00", "10.50", "14.00", "17.50", "21.00", "28.00"),
            (10, 12, 22, 20, 17, 9, 7, 3),
        )[0]
        return Line(
            "lt_community", "home_support", mechanism, self._provider("home_care"), self._price(21, 27), "hourly", hours
        )  # fmt: skip

    def reablement(self) -> Line:
        hours = self.rng.choice(("5.25", "7.00", "10.50", "14.00"))
        return Line(
            "st_max", "reablement", "", self._provider("reablement"), self._price(24, 31), "hourly", hours
        )

    def equipment(self) -> Line:
        return Line("st_ongoing_low", "equipment", "", ("", ""), self._price(18, 640), "one_off")

    def short_stay(self) -> Line:
        return Line(
            "st_other",
            "st_residential",
            "",
            self._provider("residential"),
            self._price(96, 150),
            "daily",
            "7.00",
        )

    def for_carer(self, support: str) -> Line:
        if support == "direct payment":
            return Line(
                "carer_direct",
                "direct_payment",
                "direct_payment",
                ("", ""),
                self._price(150, 400, 5000),
                "one_off",
            )
        if support == "respite":
            return Line(
                "carer_cared_for", "carer_respite", "commissioned", self._provider("carers"), self._price(60, 140), "weekly", "1.00"
            )  # fmt: skip
        if support == "sitting":
            return Line(
                "carer_direct", "carer_sitting", "managed_budget", self._provider("carers"), self._price(17, 24), "hourly", "3.00"
            )  # fmt: skip
        return Line(
            "carer_direct", "carer_universal", "commissioned", self._provider("carers"), "0.00", "weekly"
        )
