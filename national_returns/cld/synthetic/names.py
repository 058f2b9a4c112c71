"""Invented people need names. Common given and family names, put together at random; they describe nobody.
The British given names run from the oldest generation to the youngest.

Surgeries, providers and places are invented; practice codes begin Z99 and location numbers 1-99.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


WOMEN: Final = {
    "british": _words(
        "Winifred Marjorie Phyllis Ivy Elsie Mavis Margaret Jean Patricia Dorothy Sheila Barbara Maureen Brenda Joan Beryl Audrey Eileen Hilda Doreen Susan "
        "Christine Linda Carol Janet Gillian Pamela Julie Karen Tracey Alison Helen Nicola Samantha Rachel Emma Laura "
        "Gemma Kirsty Hannah Chloe Jade Amy Freya Ellie"
    ),
    "irish": _words("Bridget Maeve Niamh Siobhan Aoife Nuala Deirdre Sinead Roisin Orla Kathleen Noreen"),
    "european": _words(
        "Agnieszka Katarzyna Ioana Elena Svetlana Milena Jadwiga Ingrid Francesca Lucia Ana Dragana Zofia Marta"
    ),
    "south_asian_muslim": _words(
        "Fatima Ayesha Zainab Nasreen Shabnam Rukhsana Khadija Sultana Rehana Parveen Mariam Yasmin Hafsa Nusrat"
    ),
    "south_asian": _words(
        "Lakshmi Priya Kamala Sunita Meena Harpreet Jaswinder Gurdeep Anjali Kavita Indira Nirmala Deepa Pushpa"
    ),
    "chinese": _words("Mei-Ling Xiu Wai-Yin Li-Hua Suk Yan Ying Jing Siu-Fong Hui"),
    "african": _words(
        "Abena Ngozi Chioma Amina Folake Akosua Wanjiru Thandiwe Blessing Grace Halima Adaeze Efua"
    ),
    "caribbean": _words(
        "Merlene Sonia Yvonne Hyacinth Beverley Marcia Claudette Icilda Lorna Paulette Sharon Monique"
    ),
    "arab": _words("Layla Noor Samira Huda Rania Salma Amal Zahra Dalal Mouna"),
}
MEN: Final = {
    "british": _words(
        "Arthur Reginald Leonard Cyril Norman John Peter Ronald Derek Kenneth Raymond Stanley Dennis Frank Albert Ernest Harold Brian Roy Alan Keith Roger "
        "Graham Trevor Barry Stephen Paul Mark Andrew Gary Kevin Ian Neil Craig Darren Lee Simon Matthew Daniel Ryan "
        "Jack Callum Liam Joshua"
    ),
    "irish": _words("Padraig Declan Cormac Brendan Eamon Fergus Niall Donal Seamus Colm Kieran"),
    "european": _words(
        "Tomasz Piotr Marek Andrei Bogdan Luca Miguel Stefan Janusz Dmitri Nikolai Jorge Henrik"
    ),
    "south_asian_muslim": _words(
        "Mohammed Imran Tariq Rashid Abdul Yusuf Farooq Nadeem Shafiq Bilal Hamza Iqbal Jamil Anwar"
    ),
    "south_asian": _words(
        "Rajesh Suresh Vijay Harjit Gurpreet Balwinder Anil Ashok Mohan Dinesh Kiran Arjun Manjit"
    ),
    "chinese": _words("Wei Chi-Keung Ming Jian Kwok-Wah Hao Siu-Ming Yong Tak-Lam Feng"),
    "african": _words(
        "Kwame Chukwuemeka Babatunde Kofi Tendai Emeka Samuel Abdi Olumide Yaw Sipho Idris Ebenezer"
    ),
    "caribbean": _words(
        "Winston Delroy Errol Carlton Leroy Desmond Clive Everton Neville Marlon Tyrone Junior"
    ),
    "arab": _words("Ahmed Omar Khalid Hassan Mustafa Ibrahim Faisal Karim Nabil Sami"),
}
FAMILY: Final = {
    "british": _words(
        "Ashworth Barlow Beckett Bradshaw Butterworth Calvert Carter Chadwick Clegg Collier Crossley Dawson Dyson Eccles "
        "Fairclough Fielding Fletcher Garside Greenwood Hargreaves Harper Heaton Holroyd Hopkins Howarth Illingworth "
        "Ingham Jessop Kershaw Lister Lockwood Marsden Mellor Midgley Naylor Ogden Pickering Priestley Ramsden Redfern "
        "Rhodes Schofield Sharples Shaw Stansfield Sutcliffe Tattersall Thackray Turner Varley Wainwright Walmsley Webb "
        "Whitaker Wilkinson Winterbottom Wood Wormald Yates"
    ),
    "irish": _words(
        "Brannigan Cassidy Doherty Fitzgerald Gallagher Hanrahan Keane Mulligan O'Connell O'Shea Tierney"
    ),
    "european": _words(
        "Nowak Kowalczyk Popescu Ionescu Petrov Rossi Fernandes Horvat Zielinski Lindqvist Costa Novak"
    ),
    "south_asian_muslim": _words(
        "Khan Hussain Ahmed Begum Malik Akhtar Mahmood Chowdhury Miah Rahman Siddiqui Qureshi"
    ),
    "south_asian": _words("Patel Sharma Singh Kaur Desai Nair Reddy Chauhan Gill Sandhu Joshi Mistry Pillai"),
    "chinese": _words("Chan Wong Li Chen Zhang Lam Cheung Ng Liu Yip"),
    "african": _words(
        "Okafor Mensah Adeyemi Owusu Nkosi Abebe Moyo Balogun Kamau Asante Diallo Osei Warsame"
    ),
    "caribbean": _words(
        "Campbell Grant Francis Bailey Reid Clarke Gordon Morrison Powell Samuels St_John Whyte"
    ),
    "arab": _words("Haddad Al-Masri Nasser Saleh Aziz Mansour Khoury Farah Said Boutros"),
}

# Which names an ethnicity of the national list usually goes with.
FAMILY_OF: Final = {
    "white_british": "british", "white_irish": "irish", "white_gypsy_irish_traveller": "irish",
    "white_roma": "european", "white_other": "european", "mixed_white_black_caribbean": "caribbean",
    "mixed_white_black_african": "african", "mixed_white_asian": "south_asian", "mixed_other": "british",
    "asian_indian": "south_asian", "asian_pakistani": "south_asian_muslim", "asian_bangladeshi": "south_asian_muslim",
    "asian_chinese": "chinese", "asian_other": "south_asian", "black_african": "african",
    "black_caribbean": "caribbean", "black_other": "african", "other_arab": "arab", "other_any": "arab",
    "refused": "british", "not_known": "british",
}  # fmt: skip

SURGERIES: Final = (
    ("Alder Lane Surgery", "Z99101"), ("Bridge End Medical Practice", "Z99102"), ("Canal Side Surgery", "Z99103"),
    ("Cornfield Health Centre", "Z99104"), ("Fell View Surgery", "Z99105"), ("Hawthorn Road Practice", "Z99106"),
    ("Mill Pond Medical Centre", "Z99107"), ("Old Chapel Surgery", "Z99108"), ("Quarry Bank Practice", "Z99109"),
    ("Rowan Tree Health Centre", "Z99110"), ("Station Approach Surgery", "Z99111"), ("Weir Street Practice", "Z99112"),
)  # fmt: skip

PROVIDERS: Final = {
    "home_care": (
        ("Larkfield Home Care", "1-9910000001"), ("Brook and Vale Care at Home", "1-9910000002"),
        ("Hearthside Support", "1-9910000003"), ("Willow Bank Homecare", "1-9910000004"),
        ("Neighbourly Care", "1-9910000005"), ("Northgate Domiciliary Care", "1-9910000006"),
    ),
    "supported_living": (
        ("Open Door Supported Living", "1-9920000001"), ("Kestrel Living", "1-9920000002"),
        ("Our Own Front Door", "1-9920000003"), ("Maple Court Extra Care", "1-9920000004"),
    ),
    "day": (("Orchard Day Centre", "1-9930000001"), ("The Workshop Project", "1-9930000002"),
            ("Lantern House Day Support", "1-9930000003")),
    "residential": (
        ("Beech Lawn", "1-9940000001"), ("Copper Beeches", "1-9940000002"), ("Elm Grange", "1-9940000003"),
        ("Hollins Court", "1-9940000004"), ("Moorview House", "1-9940000005"), ("The Limes", "1-9940000006"),
        ("Sycamore Lodge", "1-9940000007"),
    ),
    "nursing": (
        ("Abbey Meadow Nursing Home", "1-9950000001"), ("Fairhaven Nursing Home", "1-9950000002"),
        ("Lowfield Nursing Home", "1-9950000003"), ("St Hilda's Court", "1-9950000004"),
    ),
    "reablement": (("Council Reablement Team, North", "1-9960000001"), ("Council Reablement Team, South", "1-9960000002")),
    "carers": (("Carers' Corner", "1-9970000001"), ("Time for Carers", "1-9970000002")),
}  # fmt: skip
