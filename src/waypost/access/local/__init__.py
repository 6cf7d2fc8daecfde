"""What an authority settles for itself, with the day from which it holds, who settled it, why, and its history.

The values are the domain's (`waypost.domain.local`), and so are the rules that refuse them. Whoever needs them asks
`reader.settings_of`. Each change is shown before it is made (docs/adr/0027-an-authoritys-own-settings.md).
"""
