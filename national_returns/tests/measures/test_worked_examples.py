"""The worked examples of the measures, each from a file, with the reason for each person (year 2025-26)."""

import pytest

from national_returns.tests.measures.made import carer, event, person, printed, service, told

ADA, BEN, CYD, DEE, ELI = (person(name) for name in ("Ada", "Ben", "Cyd", "Dee", "Eli"))
SHORT_TERM = [
    service(ADA, "st_max", "20/04/2025", "30/05/2025", "planned"),
    service(BEN, "st_max", "01/05/2025", "11/06/2025", "support"),
    service(BEN, "community", "12/06/2025"),
    service(CYD, "st_max", "01/07/2025", "10/08/2025", "nhs"),
    service(DEE, "st_max", "10/03/2025", "15/04/2025", "info"),
    service(ELI, "st_max", "01/11/2025", "12/12/2025", "planned"),
    service(ELI, "low", "13/12/2025"),
]


def test_2a_three_of_four(capsys, tmp_path):
    answer = printed(capsys, tmp_path, *SHORT_TERM, measure="2A")

    assert answer["results"] == [{"measure": "2A", "numerator": 3, "denominator": 4, "value": "75.0"}]
    assert told(answer) == {
        ("2A", "Ada"): (
            "numerator",
            "Episode 20/04/2025 to 30/05/2025: NFA: Support ended as planned (step 4)",
        ),
        ("2A", "Ben"): (
            "denominator",
            "Episode 01/05/2025 to 11/06/2025: followed by community support (step 3)",
        ),
        ("2A", "Cyd"): (
            "left out",
            "Episode 01/07/2025 to 10/08/2025: NFA: Referral to NHS services or NHS funded social care (step 4)",
        ),
        ("2A", "Dee"): (
            "numerator",
            "Episode 10/03/2025 to 15/04/2025: NFA: Information and advice or signposting (step 4)",
        ),
        ("2A", "Eli"): (
            "numerator",
            "Episode 01/11/2025 to 12/12/2025: followed by ongoing low level support (step 3)",
        ),
    }


FAY, GUS, HAL, IVY = (
    person("Fay", "02/02/1990"),
    *(person(name, "02/02/1938") for name in ("Gus", "Hal", "Ivy")),
)
CARE_HOMES = [
    service(FAY, "nursing", "01/10/2025"),
    service(GUS, "residential", "15/06/2025", "01/12/2025", "planned"),
    service(HAL, "residential", "01/05/2022", "31/08/2025"),
    service(HAL, "nursing", "01/09/2025"),
    service(IVY, "residential", "31/03/2025"),
]
NEITHER = {
    "Hal": (
        "left out",
        "Began on 01/05/2022, before the year; "
        "A transfer on 01/09/2025: in such a service from 01/05/2022 to 31/08/2025",
    ),
    "Ivy": ("left out", "Began on 31/03/2025, before the year"),
}
FAYS = "Admitted on 01/10/2025 aged 35, counted in 2B"
GUSS = "Admitted on 15/06/2025 aged 87, counted in 2C"


@pytest.mark.parametrize(
    "part,population,result,fay,gus",
    [
        ("2B", {"population_18_64": "40000"}, (1, 40_000, "2.5"), "numerator", "left out"),
        ("2C", {"population_65_plus": "12500"}, (1, 12_500, "8.0"), "left out", "numerator"),
        ("2B", {}, (1, None, None), "numerator", "left out"),
        ("2C", {"population_18_64": "40000"}, (1, None, None), "left out", "numerator"),
    ],
)
def test_2b_and_2c_one_each(capsys, tmp_path, part, population, result, fay, gus):
    answer = printed(capsys, tmp_path, *CARE_HOMES, measure=part, **population)

    assert [tuple(each.values()) for each in answer["results"]] == [(part, *result)]
    assert told(answer) == {(part, name): stands for name, stands in NEITHER.items()} | {
        (part, "Fay"): (fay, FAYS),
        (part, "Gus"): (gus, GUSS),
    }


LD = {"Primary_Support_Reason": "Learning disability support"}
PHYSICAL = {"Primary_Support_Reason": "Physical support: Personal care support"}
DAY = {"Service_Component": "Day support"}
AT_HOME = [
    service(
        person("Jan", "05/05/1995", Accommodation_Status="Shared Lives scheme", **LD),
        "community",
        "01/01/2020",
        Service_Component="Shared Lives",
    ),
    service(
        person("Kit", "05/05/1988", Accommodation_Status="Unknown", **LD), "community", "01/01/2020", **DAY
    ),
    service(
        person("Lee", "01/05/1960", Accommodation_Status="Tenant: Private landlord", **PHYSICAL),
        "community",
        "01/01/2020",
        "01/10/2025",
        "planned",
    ),
    service(
        person("Max", "05/05/1950", Accommodation_Status="Unknown", **PHYSICAL), "community", "01/01/2020"
    ),
    service(
        person("Nia", "05/05/1950", Accommodation_Status="Registered care home", **PHYSICAL),
        "residential",
        "01/09/2025",
    ),
]


def test_2e_in_three_parts(capsys, tmp_path):
    answer = printed(capsys, tmp_path, *AT_HOME, measure="2E")

    assert [tuple(each.values()) for each in answer["results"]] == [
        ("2E(1)", 1, 2, "50.0"),
        ("2E(2a)", 1, 2, "50.0"),
        ("2E(2b)", 2, 3, "66.7"),
    ]
    people = told(answer)
    jan = ("numerator", "Shared Lives scheme, as recorded, settled; aged 30 on 31/03/2026")
    kit = (
        "denominator",
        "presumed in community, taken from the latest service, not settled; aged 37 on 31/03/2026",
    )
    assert [people["2E(1)", name] for name in ("Jan", "Kit")] == [jan, kit]
    assert [people["2E(2a)", name] for name in ("Jan", "Kit")] == [jan, kit]
    assert [people["2E(2b)", name] for name in ("Lee", "Max", "Nia")] == [
        ("numerator", "Tenant: Private landlord, as recorded, settled; aged 65 on 01/10/2025"),
        ("numerator", "presumed at home, taken from the latest service, settled; aged 75 on 31/03/2026"),
        ("denominator", "Registered care home, as recorded, not settled; aged 75 on 31/03/2026"),
    ]
    assert people["2E(2b)", "Kit"] == ("left out", "Aged 37 on 31/03/2026")
    assert people["2E(2a)", "Lee"] == people["2E(1)", "Lee"] == ("left out", "Aged 65 on 01/10/2025")
    assert len(people) == 15


OZ, PAT, QUIN, RAY, SAL, TOM = (
    person(name, "02/02/1970") for name in ("Oz", "Pat", "Quin", "Ray", "Sal", "Tom")
)
MANAGED = {"Delivery_Mechanism": "CASSR managed personal budget"}
COMMISSIONED = {"Delivery_Mechanism": "CASSR commissioned support"}
PAYMENT = {"Delivery_Mechanism": "Direct payment"}
ON_THE_DAY = "on 31/03/2026"
SELF_DIRECTED = [
    service(OZ, "community", "01/01/2020", Service_Component="Direct payment"),
    service(PAT, "community", "01/01/2020", **MANAGED),
    service(QUIN, "community", "01/01/2020", **DAY, **COMMISSIONED),
    service(QUIN, "community", "01/01/2020", Service_Component="Transport", **PAYMENT),
    service(RAY, "community", "01/01/2020", Service_Component="Meals", **COMMISSIONED),
    service(SAL, "community", "01/01/2020", "30/03/2026", "planned", **PAYMENT),
    service(TOM, "residential", "01/01/2020"),
]


def test_3d_of_service_users(capsys, tmp_path):
    answer = printed(capsys, tmp_path, *SELF_DIRECTED, measure="3D")

    assert [tuple(each.values()) for each in answer["results"]] == [
        ("3D(1a)", 3, 4, "75.0"),
        ("3D(2a)", 2, 4, "50.0"),
        ("3D(1b)", 0, 0, None),
        ("3D(2b)", 0, 0, None),
    ]
    payment = f"Community support by direct payment {ON_THE_DAY}"
    managed = f"Community support from a managed personal budget {ON_THE_DAY}"
    commissioned = f"Community support commissioned by the council {ON_THE_DAY}"
    people = told(answer)
    assert {name: people["3D(1a)", name] for name in ("Oz", "Pat", "Quin", "Ray", "Sal", "Tom")} == {
        "Oz": ("numerator", payment),
        "Pat": ("numerator", managed),
        "Quin": ("numerator", payment),
        "Ray": ("denominator", commissioned),
        "Sal": ("left out", f"No long-term support open {ON_THE_DAY}"),
        "Tom": ("left out", f"Residential care {ON_THE_DAY}"),
    }
    assert {name: people["3D(2a)", name][0] for name in ("Oz", "Pat", "Quin", "Ray", "Sal", "Tom")} == {
        "Oz": "numerator",
        "Pat": "denominator",
        "Quin": "numerator",
        "Ray": "denominator",
        "Sal": "left out",
        "Tom": "left out",
    }


CARERS = [
    service(
        carer("Uma"), "direct", "10/06/2025", "10/06/2025", "planned", Service_Component="Direct payment"
    ),
    service(carer("Vic"), "direct", "01/01/2025", **COMMISSIONED),
    event(carer("Wes"), "Request", "01/06/2025", "02/06/2025", "info"),
    service(carer("Xen"), "cared_for", "01/06/2025"),
]


def test_3d_of_carers(capsys, tmp_path):
    answer = printed(capsys, tmp_path, *CARERS, measure="3D")

    assert [tuple(each.values()) for each in answer["results"]][2:] == [
        ("3D(1b)", 1, 2, "50.0"),
        ("3D(2b)", 1, 2, "50.0"),
    ]
    for part in ("3D(1b)", "3D(2b)"):
        assert {name: stands for (of, name), stands in told(answer).items() if of == part} == {
            "Uma": ("numerator", "Direct support by direct payment"),
            "Vic": ("denominator", "Direct support commissioned by the council"),
            "Wes": ("left out", "Information and advice only"),
            "Xen": ("left out", "No direct support"),
        }
