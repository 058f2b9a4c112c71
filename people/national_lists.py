"""Lists whose wording is the nation's: the client level data return (release 2) and the Accessible Information
Standard (DAPB1605). Shown and stored as they stand there, so that the return needs no translation."""

from __future__ import annotations

GENDER = ("Female", "Male", "Other", "Unknown")

ETHNICITY = {
    "White": (
        "White: English, Welsh, Scottish, Northern Irish or British",
        "White: Irish",
        "White: Gypsy or Irish Traveller",
        "White: Roma",
        "White: Any other White background",
    ),
    "Mixed or multiple ethnic groups": (
        "Mixed or multiple ethnic groups: White and Black Caribbean",
        "Mixed or multiple ethnic groups: White and Black African",
        "Mixed or multiple ethnic groups: White and Asian",
        "Mixed or multiple ethnic groups: Any other Mixed or multiple ethnic background",
    ),
    "Asian or Asian British": (
        "Asian or Asian British: Indian",
        "Asian or Asian British: Pakistani",
        "Asian or Asian British: Bangladeshi",
        "Asian or Asian British: Chinese",
        "Asian or Asian British: Any other Asian background",
    ),
    "Black, Black British, Caribbean or African": (
        "Black, Black British, Caribbean or African: Caribbean",
        "Black, Black British, Caribbean or African: African",
        "Black, Black British, Caribbean or African: Any other Black, Black British or Caribbean background",
    ),
    "Other ethnic group": (
        "Other ethnic group: Arab",
        "Other ethnic group: Any other ethnic group",
    ),
    "No data": (
        "No data: Refused",
        "No data: Undeclared or not known",
    ),
}

PRIMARY_SUPPORT_REASON = (
    "Physical support: Access and mobility only",
    "Physical support: Personal care support",
    "Sensory support: Support for visual impairment",
    "Sensory support: Support for hearing impairment",
    "Sensory support: Support for dual impairment",
    "Support with memory and cognition",
    "Learning disability support",
    "Mental health support",
    "Social support: Substance misuse support",
    "Social support: Asylum seeker support",
    "Social support: Support for social isolation or other reason",
    "Social support: Support to unpaid carer",
    "Unknown",
)

ACCOMMODATION_STATUS = {
    "Settled": (
        "Owner occupier or shared ownership scheme",
        "Tenant: Local authority or other social housing provider",
        "Tenant: Private landlord",
        "Settled mainstream housing with family or friends",
        "Supported accommodation, supported lodgings or supported group home",
        "Shared Lives scheme",
        "Approved premises for offenders released from prison or under probation supervision",
        "Sheltered housing, extra care housing or other sheltered housing",
        "Mobile accommodation for Gypsy, Roma and Traveller communities",
    ),
    "Not settled": (
        "Rough sleeper or squatting",
        "Night shelter, emergency hostel or direct access hostel",
        "Refuge",
        "Placed in temporary accommodation by the council (inc. homelessness resettlement)",
        "Staying with family or friends as a short term guest",
        "Acute hospital or long term healthcare residential facility",
        "Registered care home",
        "Registered nursing home",
        "Prison, young offenders institution or detention centre",
        "Other temporary accommodation",
        "Unknown",
    ),
}

EMPLOYMENT_STATUS = (
    "Paid: Less than 16 hours a week",
    "Paid: 16 or more hours a week",
    "Paid: Hours per week unknown",
    "Not in paid employment: Seeking work",
    "Not in paid employment: Not actively seeking work or retired",
    "Not in paid employment: Voluntary work only",
    "Unknown",
)

CLIENT_FUNDING_STATUS = (
    "Fully social care funded",
    "Joint client and social care funded",
    "Fully client funded",
    "Unknown",
)

YES_NO_UNKNOWN = ("Yes", "No", "Unknown")

VISUAL_IMPAIRMENT = (
    "Blind/severely sight impaired",
    "Partial sight/sight impaired",
    "No visual impairment",
    "Visual impairment: Severity unknown",
    "Unknown",
)

HEARING_IMPAIRMENT = (
    "Deaf with speech",
    "Deaf without speech",
    "Hard of hearing",
    "No hearing impairment",
    "Hearing impairment: Severity unknown",
    "Unknown",
)

# Languages often met first; any other may be written. Names after ISO 639.
LANGUAGES = (
    "English", "British Sign Language", "Albanian", "Arabic", "Bengali", "Bulgarian", "Cantonese", "Czech", "Farsi",
    "French", "German", "Greek", "Gujarati", "Hindi", "Hungarian", "Italian", "Kurdish", "Lithuanian", "Mandarin",
    "Nepali", "Pashto", "Polish", "Portuguese", "Punjabi", "Romanian", "Russian", "Slovak", "Somali", "Spanish",
    "Tamil", "Tigrinya", "Turkish", "Ukrainian", "Urdu", "Vietnamese", "Welsh", "Yoruba",
)  # fmt: skip

# Code of a need: its category in the standard, and its words.
COMMUNICATION = {
    "hard_of_hearing": ("contact_method", "Hard of hearing"),
    "no_phone_calls": ("contact_method", "No phone calls"),
    "email_only": ("contact_method", "By e-mail"),
    "text_message": ("contact_method", "By text message"),
    "text_relay": ("contact_method", "Relay UK"),
    "through_someone": ("contact_method", "Through someone they trust"),
    "large_print": ("format", "Large print"),
    "easy_read": ("format", "Easy read"),
    "braille": ("format", "Braille"),
    "audio": ("format", "Audio"),
    "bsl_video": ("format", "British Sign Language video"),
    "coloured_paper": ("format", "Coloured paper"),
    "bsl_interpreter": ("professional", "British Sign Language interpreter"),
    "deafblind_manual": ("professional", "Deafblind manual interpreter"),
    "lipspeaker": ("professional", "Lipspeaker"),
    "speech_to_text": ("professional", "Speech to text reporter"),
    "advocate": ("professional", "Advocate"),
    "hearing_loop": ("support", "Hearing loop"),
    "lipreads": ("support", "Lipreads"),
    "communication_aid": ("support", "Communication aid"),
    "longer_appointment": ("support", "Longer appointment"),
    "quiet_place": ("support", "Quiet place"),
    "short_sentences": ("support", "Short sentences and time to answer"),
}


def flat(groups: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All values of a list in groups, in order."""
    return tuple(value for values in groups.values() for value in values)
