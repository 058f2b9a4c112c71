"""What the assessments of the demo council found, in the words of invented people."""

from __future__ import annotations

from caseportal.demo.telling import Findings, Need

# Help needed and the carer's shares lead to 37.75 points, so 38, so £150.00 a week (domain/money.md, example 6).
PEGGY = Findings(
    matters="I want to stay in my own house with Biscuit, and get back to the lunch club on Tuesdays.",
    because="Arthritis in both hands and hips, and two falls since September. Seen in the hospital’s letter.",
    carer="Karen, her daughter, washes and dresses her with her at weekends and keeps the house. She is able and "
    "willing, and asks for one evening to herself.",
    needs={
        "A": Need(
            2, "I eat what I can open.", "Cannot lift pans or open tins. Loses weight.", "A hot meal each day"
        ),
        "B": Need(
            3,
            "Karen does my back. I hate asking.",
            "Needs somebody beside her to wash, several times a day.",
            "To be clean and dry without feeling watched",
            "0.50",
            carer_view="Karen helps at weekends and on two evenings, and is willing to go on.",
            equipment="Shower chair, long-handled sponge",
        ),
        "C": Need(
            2,
            "I leave it too late because of the stairs.",
            "Reaches the toilet with a frame; needs help at night.",
            "To get there in time by day and night",
            limbs=("takes_longer", "endangers"),
            equipment="Raised seat, frame",
        ),
        "D": Need(
            2,
            "Buttons are the devil.",
            "Cannot manage buttons, shoes and stockings.",
            "To be dressed by nine",
            "0.25",
            carer_view="Karen helps on Saturday and Sunday mornings.",
        ),
        "E": Need(
            1,
            "I know every corner of this house.",
            "Two falls in the hall. Needs checking on each week.",
            "To move about without falling",
            limbs=("endangers",),
            equipment="Pendant alarm",
        ),
        "F": Need(
            2,
            "Karen has always done the hoovering.",
            "Cannot clean, change beds or carry shopping.",
            "A house that is clean enough for visitors",
            "1.00",
            carer_view="Karen does all of it and wants to go on.",
        ),
        "G": Need(
            1,
            "I miss the girls at the club.",
            "Sees nobody but family since June.",
            "Tuesdays at the lunch club",
        ),
        "I": Need(
            2,
            "I cannot manage the bus now.",
            "Needs somebody with her outdoors.",
            "To get out every week, rain or not",
        ),
    },
    reasons="Without help you would not eat and wash well enough, and you are likely to fall again. You would lose the "
    "company that keeps you well. Together this has a significant impact on your health, your dignity and your week.",
    wellbeing=("DIGNITY", "HEALTH", "CONTROL", "RELATIONSHIPS"),
)

DEREK_BEFORE = Findings(
    matters="I want to get back on the allotment and cook for Joy.",
    because="Arthritis of the knees, seen in the surgery’s summary.",
    carer="Joy, his wife, does the heavy shopping. She is able and willing.",
    needs={
        "F": Need(1, "Joy does the top shelves.", "Cannot kneel or climb.", "To keep his own kitchen", "0.50",
                  carer_view="Joy, his wife, is able and willing to help. She said so herself."),
        "I": Need(1, "The bus step beats me.", "Needs a lift to the allotment.", "Two mornings at the allotment"),
    },
    manages={"B": "Grab rail by the basin and bath seat in place. No help needed from others."},
    reasons="Without help you would lose your kitchen and your allotment, which keep you well and among people.",
)  # fmt: skip

DEREK_NOW = Findings(
    matters="I want my right hand back. Short questions, please.",
    because="A stroke in the summer, with weakness of the right arm. Seen in the hospital’s letter.",
    carer="Joy, his wife, washes his back and his feet and cooks. She is able and willing, and tired.",
    needs={
        "A": Need(2, "Joy cuts it up for me.", "Cannot use a knife or carry a pan.", "To cook one meal a week himself",
                  "0.50", carer_view="Joy cooks every day and is willing."),
        "B": Need(2, "I can still shave if the mirror is on the table. I can’t get in the bath now.",
                  "Slipped twice getting over the side of the bath. Needs somebody there every day.",
                  "A wash he can trust", "0.75", limbs=("needs_assistance", "endangers")),
    },
    reasons="",
)  # fmt: skip

LEON = Findings(
    matters="My own front door, the bike shop on Thursdays, and nobody telling me when to go to bed.",
    because="Cerebral palsy, known from birth.",
    needs={
        "A": Need(3, "I can cook if somebody does the chopping.", "Needs help with each meal.", "To cook for friends"),
        "B": Need(3, "Mornings are a military operation.", "Needs one person to wash and shower.", "To be ready by nine"),
        "C": Need(2, "I plan my day around it.", "Needs a steady arm.", "To go without asking twice"),
        "D": Need(2, "Zips, no. Jumpers, yes.", "Needs help each morning and night.", "To choose what he wears"),
        "E": Need(2, "I fall soft.", "Falls weekly. Needs somebody near.", "To be safe alone for an evening"),
        "F": Need(1, "I do the washing up badly.", "Needs somebody each week.", "A flat that passes its inspection"),
        "G": Need(1, "Friends come on Fridays.", "Needs a lift once a week.", "To host Fridays"),
        "I": Need(1, "The bike shop.", "Needs somebody with him on the way.", "Thursdays at the shop"),
    },
    reasons="Without help you could not keep your flat, your work at the bike shop or your Fridays, and you would be "
    "hurt sooner or later. Together this has a significant impact on your safety and your independence.",
)  # fmt: skip

JUNE = Findings(
    matters="My chair by the window, the paper, and my own bed.",
    because="Heart failure and poor sight. Seen in the surgery’s summary.",
    needs={
        "A": Need(2, "I get the giddies at the stove.", "Cannot stand to cook.", "A proper dinner"),
        "B": Need(2, "A wash at the sink will do.", "Needs help each morning.", "To be fresh for visitors"),
        "D": Need(2, "Stockings!", "Cannot bend.", "To be dressed when the paper comes"),
        "E": Need(2, "I hold on to the furniture.", "Unsteady, does not see the step.", "No more falls"),
        "F": Need(2, "My niece sees to the bins.", "Cannot clean or carry.", "A tidy front room"),
        "G": Need(1, "Most of them are gone.", "Sees her niece monthly.", "A visitor each week"),
    },
    reasons="Without help you would not eat or wash well enough, and you are likely to fall. Together this has a "
    "significant impact on your health and dignity.",
)

HAROLD = Findings(
    matters="Choir on Wednesdays, and to shave myself.",
    because="Parkinson’s disease, known for six years.",
    needs={
        "A": Need(2, "My hand shakes the soup out.", "Needs food prepared and cut.", "To eat without a bib"),
        "B": Need(3, "It takes me an hour.", "Needs help more than once a day.", "To shave himself"),
        "C": Need(2, "Nights are bad.", "Needs a hand to get up.", "To sleep through"),
        "D": Need(2, "One sleeve, then I sit.", "Needs help morning and night.", "To be dressed for choir"),
        "E": Need(
            1, "I freeze in doorways.", "Freezes and falls about once a week.", "To cross the hall safely"
        ),
        "I": Need(1, "Choir.", "Needs a lift and company.", "Choir every Wednesday"),
    },
    reasons="Without help you could not eat, wash and dress in a way you can bear, and you would lose the choir.",
)
