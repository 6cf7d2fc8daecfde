"""The code lists that rules look in."""

from __future__ import annotations

ETHNICITIES = (
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"
).split()
DISABILITIES = "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA".split()
SOURCES = "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10".split()
NEEDS = [f"N{number}" for number in range(10)]
REASONS = [f"RC{number}" for number in range(1, 10)]
CATEGORIES = "NEG PHY SAB EMO MUL".split()
FACTORS = (
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A "
    "18B 18C 19B 19C 20 21 22A 23A 24A"
).split()
RETIRED_FACTORS = ["18A", "19A"]


def _numbers(text: str) -> frozenset[str]:
    """Three-figure codes, singly or as a first and a last."""
    found: set[str] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        found.update(f"{number:03}" for number in range(int(first), int(last or first) + 1))
    return frozenset(found)


UPN_AUTHORITIES = _numbers(
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808 "
    "810-813 815 816 820-823 825 826 830 831 835-841 845 846 850-852 855-857 860 861 865-896 908 909 916 919 921 925 "
    "926 928 929 931 933 935-938 940 941"
)
