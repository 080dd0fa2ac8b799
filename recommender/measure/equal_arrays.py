"""Keeps arrays that are equal once: the tasks of a snapshot derive many of the same, each for itself."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

_LEAST_BYTES: Final = 4096
"""Smaller arrays are a hundredth of the memory and most of the arrays."""
_DIGEST_BYTES: Final = 16
"""Of the hash by which arrays are found equal: as good as certain."""
_WALKED: Final = ("recommender.", "scipy.sparse.")
"""Modules into whose objects arrays are looked for."""
_PLAIN: Final = (str, bytes, int, float, type(None))

_Array = npt.NDArray[Any]


def share_equal_arrays(root: object) -> int:
    """Let all that ``root`` leads to hold one array where it holds several that are equal; returns the bytes saved.

    Looks into objects of the recommender and sparse matrices, dictionaries, lists and tuples. Arrays that are shared
    can no longer be written to, so that whoever did would raise instead of changing what others hold. Safe while other
    threads read: what is put in place of an array is equal to it.
    """
    first: dict[Hashable, _Array] = {}
    replaced: dict[int, _Array] = {}
    seen: set[int] = set()
    left = [root]
    while left:
        each = left.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        items, put = _parts_of(each)
        for name, part in items:
            if isinstance(part, _PLAIN):
                continue
            if type(part) is not np.ndarray:
                left.append(part)
            elif put is not None and (kept := _first_equal(part, first)) is not part:
                replaced[id(part)] = part  # kept, so that no other array gets its id meanwhile
                put(name, kept)
    return sum(each.nbytes for each in replaced.values())


def _parts_of(each: object) -> tuple[Iterable[tuple[Any, object]], Callable[[Any, object], None] | None]:
    """Return what an object holds by name or place, and what puts another thing there, None where nothing can."""
    if isinstance(each, dict):
        # What other threads may evict is looked into and left: to put it back would bring it to life again.
        return list(each.items()), None if isinstance(each, OrderedDict) else each.__setitem__
    if isinstance(each, list):
        return list(enumerate(each)), each.__setitem__
    if isinstance(each, tuple):
        return enumerate(each), None
    if type(each).__module__.startswith(_WALKED) and hasattr(each, "__dict__") and not isinstance(each, type):
        own = vars(each)  # of frozen classes too
        return list(own.items()), own.__setitem__
    return (), None


def _first_equal(array: _Array, first: dict[Hashable, _Array]) -> _Array:
    """Return the first of equal arrays, by what is read of them; a part of a larger one stays what it is."""
    base = array.base
    if array.dtype == object or array.nbytes < _LEAST_BYTES:
        return array
    if isinstance(base, np.ndarray) and base.nbytes != array.nbytes:
        return array
    plain = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
    digest = hashlib.blake2b(plain, digest_size=_DIGEST_BYTES).digest()
    found = first.setdefault((array.dtype.str, array.shape, array.strides, digest), array)
    if found is not array:
        found.flags.writeable = False
    return found
