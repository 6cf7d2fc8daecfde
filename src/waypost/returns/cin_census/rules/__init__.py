"""The rules of the census, by what they are about. `collections` says which year asks which."""
