"""The terms of the school year, as schools name them."""

from datetime import date


def term_of(day: date) -> str:
    """The term that a day falls in, with the day's calendar year: "Autumn term 2022".

    Autumn is 1 September to 31 December, Spring 1 January to 31 March and Summer 1 April to
    31 August, each day included, so that every day of the year falls in a term.
    """
    if day.month >= 9:
        name = "Autumn"
    elif day.month >= 4:
        name = "Summer"
    else:
        name = "Spring"
    return f"{name} term {day.year}"
