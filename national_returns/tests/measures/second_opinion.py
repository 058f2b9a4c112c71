"""The measures worked out a second time, from rows as they stand, by other means: to judge the first by.

Days are plain numbers, an open event ends at infinity, and a person is a list of dictionaries. Nothing of the product's
own reading or judging is used.
"""

from collections import Counter, defaultdict
from datetime import datetime

INFINITY = 10**9
LT = {
    "Long term support: Nursing care": 1,
    "Long term support: Residential care": 2,
    "Long term support: Community": 3,
    "Long term support: Prison": 4,
}
HOMES = [kind for kind, rank in LT.items() if rank < 3]
ST_MAX, LOW, OTHER = (
    f"Short term support: {each}" for each in ("ST-Max", "Ongoing low level", "Other short term")
)
HIERARCHY = [
    "Progress to reablement/ST-Max",
    "Progress to assessment, review or reassessment",
    "Progress to support planning or services",
    "Continuation of support or services",
    "Admitted to hospital",
    "NFA: Responsibility moved to another local authority",
    "NFA: Referral to NHS services or NHS funded social care",
    "NFA: Self-funded client or under 12wk disregard",
    "NFA: Information and advice or signposting",
    "NFA: Referral to other service within the local authority",
    "NFA: Support declined",
    "NFA: Deceased",
    "NFA: Support ended as planned",
    "NFA: Support ended for other reason",
    "NFA: No services offered for other reason",
    "NFA: Other",
]
NEITHER = {"hospital", "NHS services", "Self-funded", "declined", "Deceased"}
SETTLED_HOMES = ("Owner", "Tenant", "Settled", "Supported", "Shared", "Approved", "Sheltered", "Mobile")


def number(text):
    return datetime.strptime(text, "%d/%m/%Y").toordinal() if text else None


def gather(rows):
    """Everyone: name, birth, death and rows with numbers for days."""
    everyone = defaultdict(list)
    for row in rows:
        row = defaultdict(str, row)
        everyone[row["NHS_Number"] or row["LA_Person_Unique_Identifier"]].append(row)
    for theirs in everyone.values():
        names = Counter(row["LA_Person_Unique_Identifier"] for row in theirs)
        births = Counter(row["Date_of_Birth"] for row in theirs if row["Date_of_Birth"])
        born = sorted(births, key=lambda text: (-births[text], number(text)))[0] if births else ""
        died = max((number(row["Date_of_Death"]) for row in theirs if row["Date_of_Death"]), default=None)
        kept = []
        for row in theirs:
            start, end = number(row["Event_Start_Date"]), number(row["Event_End_Date"])
            if died is not None and (
                (end is None and died > start) or (end is not None and start <= died <= end)
            ):
                end = died
            row["s"], row["e"] = start, INFINITY if end is None else end
            if row["Event_Type"] != "Service" or row["e"] >= row["s"]:
                kept.append(row)
        name = sorted(names, key=lambda each: (-names[each], each))[0]
        yield name, (number("01" + born[2:]) if born else None), died, kept


def age(born, day):
    return None if born is None else int((day - born) * 100 // 36525)


def minor(born, day):
    return born is not None and age(born, day) < 18


def is_user(row):
    return row["Client_Type"] == "Service user"


def rank(outcome):
    return HIERARCHY.index(outcome) if outcome in HIERARCHY else 99


def closing(outcome):
    return outcome.startswith("NFA") or outcome == "Admitted to hospital"


def opinion_2a(rows, first, last, new_days=91):
    for name, born, died, theirs in gather(rows):
        users = [row for row in theirs if is_user(row)]
        services = [row for row in users if row["Event_Type"] == "Service"]
        waiting = sorted((row for row in services if row["Service_Type"] == ST_MAX), key=lambda row: row["s"])
        while waiting:
            group = [waiting.pop(0)]
            while waiting and waiting[0]["s"] - max(row["e"] for row in group) <= 7:
                group.append(waiting.pop(0))
            yield "2A", name, _one_episode(group, users, services, born, died, first, last, new_days)


def _one_episode(group, users, services, born, died, first, last, new_days):
    begin, end = group[0]["s"], max(row["e"] for row in group)
    if not first <= end <= last or minor(born, end):
        return "left out"
    if died is not None and (died < begin or died < first or died <= end + 7):
        return "left out"
    if any(
        row["Service_Type"] in LT and row["s"] < begin and begin - row["e"] < new_days for row in services
    ):
        return "left out"
    own = min((row["Event_Outcome"] for row in group if row["e"] == end), key=rank)
    if own == "Admitted to hospital":
        return "left out"
    window = [row for row in users if begin <= row["s"] <= end + 7 and row["e"] > end]
    after = [row for row in window if row["Event_Type"] == "Service"]
    if any(row["Service_Type"] in LT for row in after):
        return "denominator"
    if any(row["Service_Type"] == LOW for row in after):
        return "numerator"
    short = [row["Service_Component"] for row in after if row["Service_Type"] == OTHER]
    if short:
        return (
            "denominator"
            if {"Short term nursing care", "Short term residential care"} & set(short)
            else "numerator"
        )
    talks = [row["Event_Outcome"] for row in window if row["Event_Type"] != "Service"]
    pool = [each for each in talks if closing(each) and each != "NFA: Support ended as planned"]
    if pool or not talks:
        pool.append(own)
    inside = [
        row
        for row in users
        if row["Event_Type"] in ("Assessment", "Review") and begin <= row["e"] <= end and end - row["e"] < 14
    ]
    if inside:
        newest = max((row["e"], row["s"]) for row in inside)
        pool.append(min((row["Event_Outcome"] for row in inside if (row["e"], row["s"]) == newest), key=rank))
    pool = sorted(filter(closing, pool), key=rank)
    if pool:
        return "left out" if any(word in pool[0] for word in NEITHER) else "numerator"
    for row in services:
        if (
            row["Service_Component"] == "Equipment"
            and row["Service_Type"] != ST_MAX
            and begin <= row["s"]
            and row["e"] <= end
        ):
            return "numerator"
    return "left out"


def opinion_homes(part, rows, first, last):
    for name, born, died, theirs in gather(rows):
        stays = [row for row in theirs if is_user(row) and row["Service_Type"] in HOMES]
        if not stays:
            continue
        parts = set()
        for stay in stays:
            if not first <= stay["s"] <= last or born is None or minor(born, stay["s"]):
                continue
            if stay["Service_Component"] not in ("Long term nursing care", "Long term residential care"):
                continue
            if "Self-funded" in stay["Event_Outcome"] or (died is not None and died < first):
                continue
            if not any(each["s"] < stay["s"] and stay["s"] - each["e"] < 365 for each in stays):
                parts.add("2B" if age(born, stay["s"]) < 65 else "2C")
        yield part, name, "numerator" if parts and min(parts) == part else "left out"


def latest(theirs, field, unknown):
    known = sorted(
        ((row["e"], row["s"], row[field]) for row in theirs if row[field] not in unknown), reverse=True
    )
    best = {each[2] for each in known if each[:2] == known[0][:2]}
    return best.pop() if len(best) == 1 else ""


def opinion_2e(rows, first, last):
    for name, born, died, theirs in gather(rows):
        services = [row for row in theirs if is_user(row) and row["Event_Type"] == "Service"]
        long = [row for row in services if row["Service_Type"] in LT]
        if not long:
            continue
        stands = dict.fromkeys(("2E(1)", "2E(2a)", "2E(2b)"), "left out")
        active = [row["e"] for row in long if row["s"] <= last and row["e"] >= first]
        if active and born is not None and not (died is not None and died < first):
            day = min(last, max(active))
            if not minor(born, day):
                seen = [row for row in theirs if row["s"] <= last]
                at_home = "numerator" if _settled(seen, services, last) else "denominator"
                if age(born, day) >= 65:
                    stands["2E(2b)"] = at_home
                else:
                    stands["2E(2a)"] = at_home
                    why = latest(
                        seen,
                        "Primary_Support_Reason",
                        ("", "Unknown", "Social support: Support to unpaid carer"),
                    )
                    if why == "Learning disability support":
                        stands["2E(1)"] = at_home
        for part, how in stands.items():
            yield part, name, how


def _settled(seen, services, last):
    home = latest(seen, "Accommodation_Status", ("", "Unknown"))
    if home:
        return home.startswith(SETTLED_HOMES)
    order = [*LT, ST_MAX, LOW, OTHER]
    services = [row for row in services if row["s"] <= last and row["Service_Type"] in order]
    schemes = ("Shared Lives", "Extra care housing", "Community supported living")
    best = sorted(
        services,
        key=lambda row: (
            -row["e"],
            order.index(row["Service_Type"]),
            row["Service_Component"] not in (*schemes, "Home support or domiciliary care"),
            -row["s"],
        ),
    )[0]
    if best["Service_Type"] in HOMES or best["Service_Type"].endswith("Prison"):
        return False
    if best["Service_Component"] in schemes:
        return True
    return best["Service_Type"].endswith("Community") and best["Service_Component"].startswith("Home support")


def opinion_3d(rows, first, last):
    for name, born, died, theirs in gather(rows):
        gone = died is not None and died < first
        long = [row for row in theirs if is_user(row) and row["Service_Type"] in LT]
        if long:
            now = [row for row in long if row["s"] <= last <= row["e"]]
            if gone or minor(born, last) or (died is not None and died < last):
                now = []
            yield from zip(("3D(1a)", "3D(2a)"), (name, name), _user_setting(now), strict=True)
        carers = [row for row in theirs if "carer" in row["Client_Type"]]
        if carers:
            if gone or minor(born, last if died is None else min(died, last)):
                carers = []
            direct = [
                "Direct payment"
                if "Direct payment" in (row["Service_Component"], row["Delivery_Mechanism"])
                else row["Delivery_Mechanism"]
                for row in carers
                if row["Service_Type"].endswith("Direct to unpaid carer")
                and row["s"] <= last
                and row["e"] >= first
            ]
            yield from zip(("3D(1b)", "3D(2b)"), (name, name), _ways(direct, blank="left out"), strict=True)


def _user_setting(now):
    kinds = {row["Service_Type"].rpartition(": ")[2] for row in now}
    if not now or kinds & {"Nursing care", "Residential care"} or kinds == {"Prison"}:
        return "left out", "left out"
    return _ways(
        [
            "Direct payment" if row["Service_Component"] == "Direct payment" else row["Delivery_Mechanism"]
            for row in now
            if row["Service_Type"].endswith("Community")
        ],
        blank="denominator",
    )


def _ways(ways, *, blank):
    if "Direct payment" in ways:
        return "numerator", "numerator"
    if "CASSR managed personal budget" in ways:
        return "numerator", "denominator"
    if "CASSR commissioned support" in ways:
        return "denominator", "denominator"
    return (blank, blank) if ways else ("left out", "left out")


def opinion(measure, rows, first, last):
    """Part, person and how they count, sorted."""
    first, last = first.toordinal(), last.toordinal()
    if measure in ("2B", "2C"):
        return sorted(opinion_homes(measure, rows, first, last))
    return sorted({"2A": opinion_2a, "2E": opinion_2e, "3D": opinion_3d}[measure](rows, first, last))
