"""Pages of a stranger's making, drawn to be read or printed: how large a page says it is costs
nothing."""

import resource

import pytest

from documents import service
from documents.errors import DocumentRefused, ScanRefused


def sheet(width, height, times=1):
    """A PDF of an empty page of this size in points, so many times."""
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {times}/Kids[{'3 0 R ' * times}]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]>>",
    )
    out, places = "%PDF-1.4\n", []
    for number, said in enumerate(objects, 1):
        places.append(f"{len(out):010d} 00000 n \n")
        out += f"{number} 0 obj{said}endobj\n"
    table = "xref\n0 4\n0000000000 65535 f \n" + "".join(places)
    end = f"trailer<</Size 4/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return (out + table + end).encode()


@pytest.fixture
def room():
    """Four gigabytes more than the process has: what asks for more fails instead of swapping."""
    with open("/proc/self/statm") as told:
        held = int(told.read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (held + 2**32, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("size", [(14400, 14400), (1, 14400), (14400, 1), (0, 0)])
def test_a_page_of_any_size_is_printed_on_a4_and_shown(room, size):
    data = sheet(*size)
    [page] = service.printed_pages(data)
    assert len(page) < 200_000
    [picture] = service.page_images(data, width_px=900)
    assert len(picture) < 200_000


def test_ten_thousand_pages_in_a_small_file_are_not_drawn():
    data = sheet(595, 842, times=10_000)
    assert len(data) < 100_000
    with pytest.raises(ScanRefused, match="hơn 40 trang"):
        service.printed_pages(data)
    with pytest.raises(DocumentRefused, match="hơn 300 trang"):
        service.page_images(data, width_px=900)
