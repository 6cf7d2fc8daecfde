"""How often what happens, for children of an inner London authority.

Set near the published figures of England and inner London for 2020-21 to 2024-25 (Department for Education, children
in need; see `waypost.datasets.published`). They are proportions only: nobody's record stands behind them.
"""

from __future__ import annotations

from waypost.demo.chance import Weighted

MONTHS = {4: 7.7, 5: 8.9, 6: 9.1, 7: 9.0, 8: 6.7, 9: 8.0, 10: 9.0, 11: 9.3, 12: 7.2, 1: 8.6, 2: 7.9, 3: 9.3}
WEEKDAYS = (20, 20, 19, 19, 18, 2.5, 2)

BROTHERS_AND_SISTERS = Weighted({0: 42, 1: 29, 2: 17, 3: 8, 4: 3, 5: 1})
SEXES = Weighted({"M": 530, "F": 468, "U": 2})
ETHNICITIES = Weighted(
    {
        **{"WBRI": 23, "WIRI": 1.2, "WIRT": 0.3, "WROM": 0.7, "WOTH": 10},
        **{"MWBC": 6.5, "MWBA": 2.5, "MWAS": 1.6, "MOTH": 6},
        **{"AIND": 1, "APKN": 1, "ABAN": 5, "AOTH": 3, "CHNE": 0.8},
        **{"BCRB": 9.5, "BAFR": 14, "BOTH": 5.5, "OOTH": 6.5, "REFU": 0.4, "NOBT": 1.5},
    }
)
DISABLED = 0.12
DISABILITIES = Weighted(
    {
        **{"AUT": 30, "LD": 26, "BEH": 14, "COMM": 10, "MOB": 6, "DDA": 6, "PC": 3},
        **{"INC": 2, "HAND": 1, "HEAR": 2, "VIS": 2, "CON": 2},
    }
)
HOW_MANY_DISABILITIES = Weighted({1: 60, 2: 27, 3: 13})
WHY_NO_UPN = Weighted({"UN2": 20, "UN3": 45, "UN4": 30, "UN5": 5})

SOURCES = Weighted(
    {
        **{"1A": 4.5, "1B": 1.6, "1C": 2.2, "1D": 1.6, "2A": 19.5, "2B": 2.2},
        **{"3A": 2, "3B": 2.4, "3C": 0.8, "3D": 2.1, "3E": 5.2, "3F": 5.6},
        **{"4": 1.8, "5A": 4.5, "5B": 2.6, "5C": 3, "5D": 4.2, "6": 27, "7": 2.8, "8": 3.4, "9": 1.6, "10": 0.8},
    }
)
ANOTHER_AUTHORITY = "5C"
SOCIAL_CARE = "5A"
SCHOOLS = frozenset({"2A", "2B", "3C"})

NEEDS = Weighted({"N1": 56, "N2": 4, "N3": 4, "N4": 11, "N5": 15, "N6": 4, "N7": 1, "N8": 2, "N9": 2, "N0": 1})
CHILD_DISABILITY, ABUSE_OR_NEGLECT = "N2", "N1"

HOW_MANY_FACTORS = Weighted({1: 33, 2: 28, 3: 19, 4: 11, 5: 6, 6: 3})
NO_FACTOR, NO_FACTOR_FOUND = "21", 0.22
FACTORS = Weighted(
    {
        **{"1A": 1.7, "1B": 11, "1C": 1.7, "2A": 4.3, "2B": 10.5, "2C": 2.3, "3A": 10, "3B": 30, "3C": 5},
        **{"4A": 15.5, "4B": 29, "4C": 4.3, "5A": 12.5, "5B": 2.5, "5C": 1.6, "6A": 4.7, "6B": 6, "6C": 1.2},
        **{"7A": 3.3, "8B": 0.1, "8E": 0.15, "8F": 0.1, "9A": 0.9, "10A": 3.4, "11A": 2.6, "12A": 0.45},
        **{"13A": 2.1, "14A": 7, "15A": 4.5, "16A": 14, "17A": 16, "18B": 3.1, "18C": 11.6, "19B": 2.2},
        **{"19C": 2.9, "20": 20, "22A": 0.2, "23A": 0.35, "24A": 3.8},
    }
)

CATEGORIES = Weighted({"NEG": 46, "EMO": 38.5, "PHY": 8.5, "SAB": 4.5, "MUL": 2.5})

WAY_OUT = Weighted({"RC7": 86, "RC5": 7, "RC3": 4, "RC4": 2})
WAY_OUT_NOT_IN_NEED = Weighted({"RC8": 68, "RC9": 32})
WAY_OUT_OF_CARE_YOUNG = Weighted({"RC7": 32, "RC4": 26, "RC3": 14, "RC1": 24, "RC5": 4})
WAY_OUT_OF_CARE = Weighted({"RC7": 66, "RC4": 14, "RC3": 13, "RC5": 7})
WAY_OUT_GROWN_UP = Weighted({"RC6": 45, "RC7": 55})
MOVED_AWAY, DIED = "RC5", "RC2"
DEATHS = 0.0006
