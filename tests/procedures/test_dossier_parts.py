"""What several parts of a dossier answer together, and in which order they are asked.

``Dossier`` is made of one mixin per subject. A method that more than one of them has is written
down here with its order, so that a new part, or one moved in the list of bases, is noticed.
"""

import ast
import inspect
import textwrap
from collections import defaultdict

from procedures.models import Dossier
from workflows.states import Record

# Refusals in the order in which they are said: each part first lets those before it speak.
REFUSALS = [
    "Record", "SigningOutside", "ReportingUpward", "Scans", "Delivering", "Correcting", "Entering",
    "Dossier",
]  # fmt: skip
# Where the first part that has an answer gives it, and the next is asked otherwise.
SHARED = {
    "closed_to": ["Paperwork", "Record"],
    "desk": ["Existing", "Gathering", "Countersigning", "Record"],
    "desks": ["Delivering", "Scans", "Countersigning", "Record"],
    "draws": ["Consenting", "Annexes", "Countersigning", "IssuedElsewhere", "Record"],
    "for_act": ["Dossier", "Correcting", "Record"],
    "lease": ["SigningOutside", "Record"],
    "knows": ["Existing", "Consenting", "Record"],
    "off_road": [
        "Consenting",
        "SigningOutside",
        "Annexes",
        "Countersigning",
        "OwnRoad",
        "Record",
    ],
    "put_right": ["Targeting", "Restructuring", "Correcting"],
    "takes": ["Paperwork", "Record"],
    "told_remedy": ["Restructuring", "Correcting"],
    "unseats": ["Restructuring", "Correcting"],
    "why_not": REFUSALS[::-1],
    "word": ["ReportingUpward", "Record"],
}


def shared():
    """{method: the parts that have it}, without what only the dossier says in the record's name."""
    found = defaultdict(list)
    for part in Dossier.__mro__[: Dossier.__mro__.index(Record) + 1]:
        for name, value in vars(part).items():
            ours = getattr(value, "__module__", "").startswith(("procedures", "workflows"))
            if ours and not name.startswith("_") and not isinstance(value, type):
                found[name].append(part.__name__)
    alone = (["Dossier", "Record"], ["Drafted", "Record"])
    return {name: parts for name, parts in found.items() if len(parts) > 1 and parts not in alone}


def test_what_several_parts_answer_is_written_down():
    assert shared() == SHARED


def test_every_part_lets_those_before_it_refuse_first():
    for part in Dossier.__mro__:
        if "why_not" in vars(part) and part is not Record:
            [method] = ast.parse(textwrap.dedent(inspect.getsource(vars(part)["why_not"]))).body
            assert ast.unparse(method.body[0]) == "super().why_not(act, step)", part
