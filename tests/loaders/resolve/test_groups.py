"""What cannot be one is not joined through a third."""

from __future__ import annotations

from loaders.resolve.groups import Link, contradicted


def _apart(*pairs: tuple[int, int]) -> set[frozenset[int]]:
    return {frozenset(pair) for pair in pairs}


def test_where_one_fits_two_that_differ_neither_is_chosen() -> None:
    """A name without a place fits the companies of that name in two cities."""
    apart = _apart((0, 2))
    given_up = contradicted(
        [Link(1, 0, 9.0, firm=False), Link(1, 2, 7.0, firm=False)], lambda i, j: frozenset((i, j)) in apart
    )
    assert given_up == {(1, 0), (1, 2)}


def test_along_a_chain_the_weakest_link_is_given_up() -> None:
    apart = _apart((0, 3))
    links = [Link(0, 1, 9.0, firm=False), Link(1, 2, 7.0, firm=False), Link(2, 3, 8.0, firm=False)]
    assert contradicted(links, lambda i, j: frozenset((i, j)) in apart) == {(1, 2)}


def test_what_a_number_or_a_person_says_is_kept() -> None:
    apart = _apart((0, 2))
    links = [Link(0, 1, 0.0, firm=True), Link(1, 2, 20.0, firm=False)]
    assert contradicted(links, lambda i, j: frozenset((i, j)) in apart) == {(1, 2)}


def test_without_conflict_nothing_is_given_up() -> None:
    links = [Link(0, 1, 9.0, firm=False), Link(1, 2, 7.0, firm=False)]
    assert contradicted(links, lambda _i, _j: False) == set()
