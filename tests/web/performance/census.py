"""Small census files, of invented children."""

from __future__ import annotations

SOUND = """<Child><ChildIdentifiers><LAchildID>{id}</LAchildID><UPN>A123456789012</UPN>
<PersonBirthDate>{born}</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
<CINdetails><CINreferralDate>2025-05-06</CINreferralDate><ReferralSource>1A</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>{plan}</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
</ChildProtectionPlans></CINdetails></Child>"""


def census(*children: str, authority: str = "991") -> bytes:
    """A file of 2025-26, of some children."""
    lea = f"<LEA>{authority}</LEA>" if authority else ""
    head = (
        "<CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate>"
        f"</CollectionDetails><Source><SourceLevel>L</SourceLevel>{lea}<SerialNo>001</SerialNo>"
        "<DateTime>2026-05-06T10:00:00</DateTime></Source>"
    )
    body = f"<Header>{head}</Header><Children>{''.join(children)}</Children>"
    return f'<?xml version="1.0" encoding="utf-8"?><Message>{body}</Message>'.encode()


def child(id: str = "ASH00107", *, born: str = "2018-05-04", plan: str = "2025-06-03") -> str:
    """A child on a plan. One who is `born` more than 40 weeks after the referral breaks a rule of its own."""
    return SOUND.format(id=id, born=born, plan=plan)
