"""Cases that may be those of a person about to be entered."""

from habeas.cases.search.finding import Found, by_name


def alike(spellings: list[str]) -> list[Found]:
    """Return cases of people whose names are likely the same, each once."""
    found = {
        one.code: one
        for spelling in spellings[:10]
        for one in by_name(spelling)
        if one.kind == "person" and one.verdict in {"same", "likely"}
    }
    return list(found.values())[:10]
