"""What a document costs: drawing, signing and a batch, each beside another way to do the job.

Run by hand: ``python -m tests.benchmarks.document_cost`` (``--batch 6`` for a short batch). Prints
medians of CPU time and their ratios, the two ways of a pair taken in turn; judges nothing. The
figures last taken stand in ``project/decisions``, "What a document may cost".
"""

from __future__ import annotations

import argparse

from .batch import print_batch
from .rendering import print_rendering
from .signatures import print_signing
from .timing import Line, start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batch", type=int, default=60)
    batch = parser.parse_args().batch
    start()
    Line("việc").say(f"{'của ta':>10}{'bên kia':>10}{'tỉ lệ':>9}")
    print_rendering()
    print_signing()
    print_batch(batch)


if __name__ == "__main__":
    main()
