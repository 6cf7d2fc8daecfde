"""What is written in the demonstration: a few sentences of each kind, about nobody, so that no page is blank."""

from __future__ import annotations

ACCOUNTS = {
    "2A": "The school says that the child has come hungry and tired since the holidays, and does not want to go home.",
    "6": "Police were called to the home at night. The adults were shouting, and the children were upstairs and awake.",
    "3B": "The health visitor could not gain entry three times, and is worried about the baby's weight.",
}
ACCOUNT = "The caller is worried about how the children are cared for, and says that it has become worse this year."
REASONS = {"6": "domestic_abuse", "3A": "neglect", "3B": "neglect", "2A": "neglect", "4": "housing", "5C": "other"}
WHY_LEVEL_3 = "The parents need help to meet the children's needs, and earlier advice has not been enough."
WHY_LEVEL_4 = "What was reported may have caused the children significant harm."
WHY_NOTHING = "The worry was looked into with the parents and the school, and other services meet the need."
ASSESSED = {
    "needs": "Regular meals, sleep and school, and adults who are calm and there.",
    "wishes_and_feelings": "The child said that home is noisy, that they love their mother, and that it must stop.",
    "mothers_capacity": "She is warm with the children and manages well on most days. She finds mornings hard.",
    "fathers_capacity": "He was spoken to by telephone. He sees the children at weekends and wants to do more.",
    "strengths": "The grandmother is close by, and the school knows the children well.",
    "risks": "Quarrels at home in front of the children, and nights without enough sleep.",
    "what_must_change": "The children must be fed, rested and safe from quarrels every day, whoever is at home.",
    "analysis": "The family can change with help. Without it the children's days will become harder.",
}
SHARED = "School, health and police each said what they know of the family. No agency knew all of it before today."
CAUSE = "There is reasonable cause to suspect that the child is suffering, or is likely to suffer, significant harm."
FINDINGS = "The children were seen and spoken to. What they said agrees with what was reported."
DANGER = "The children have been left without food and alone at night when the adults were not able to look after them."
CONTINGENCY = "If this does not change by the first review, a legal planning meeting is held."
ACTIONS = (
    ("Children go hungry", "There is food at home every day", "Keep food in, and tell the worker before it runs out",
     "The mother", "family", "The worker sees the kitchen at each visit"),
    ("Children miss school", "Both children are at school every day", "Meet the parents each Friday at school",
     "The school", "agency", "Attendance above 95%"),
    ("Quarrels at night", "Nights are calm", "Work through the programme on safe relationships",
     "The social worker", "worker", "No call to the police, and the children say that nights are calm"),
)  # fmt: skip
MEMBERS = (
    ("Health visitor", "Weighs the younger children each month"),
    ("Class teacher", "Tells of absence the same day"),
)
VISITED = (
    "The home was warm and tidy. The mother talked about her week.",
    "Breakfast was on the table. The children were getting ready for school.",
    "The mother was tired and the kitchen was bare. Food was brought the same day.",
)
CHILD_SAID = ("Showed me a drawing of the house.", "Said that school is good.", "Did not want to talk today.", "")
PROGRESS = ("The family does most of what was agreed.", "Slower than agreed, with more help since the last meeting.")
CHANGED = "What had to change has changed and has lasted, and the family has people to turn to."
NOT_MADE = "Nobody answered the door. A card was left, and the visit is made again this week."
ELSEWHERE = ("Dunmere", "Harrowmead", "Westerley")
