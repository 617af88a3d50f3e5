"""PDF/A-2a and PDF/UA-1 by structure: our files lack nothing, each thing taken away is named."""

import io

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from documents import archival
from documents.rendering import finishing
from documents.samples import SAMPLES
from documents.samples.printing import printed

NAME = generic.NameObject


def codes(data):
    return [lack.code for lack in archival.check(data)]


@pytest.fixture(scope="module")
def plain():
    return printed(SAMPLES["to-trinh"])


def test_what_another_program_printed_says_what_it_lacks():
    from tests.documents.broken import REQUEST
    from tests.documents.broken import printed as plainly_printed

    found = codes(plainly_printed(REQUEST))
    assert {"packet", "marked", "structure", "output-intent", "language"} <= set(found)


# -- one thing taken away ------------------------------------------------------------------------


def objects(node, seen=None):
    """All dictionaries under one, each once, as the writer may change them."""
    seen = set() if seen is None else seen
    value = node.get_object()
    if isinstance(node, generic.IndirectObject):
        if node.idnum in seen:
            return
        seen.add(node.idnum)
    if isinstance(value, generic.DictionaryObject):
        yield node, value
        for key in value:
            yield from objects(value.raw_get(key), seen)
    elif isinstance(value, generic.ArrayObject):
        for place in range(len(value)):
            yield from objects(value.raw_get(place), seen)


def first(writer, wanted):
    """The first dictionary that ``wanted`` accepts; marked as changed with those around it."""
    for node, value in objects(writer.root_ref):
        if isinstance(node, generic.IndirectObject) and wanted(value):
            writer.mark_update(node)
            return value
    raise AssertionError("no such object")


def changed(data, change):
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def without(key):
    def change(writer):
        del writer.root[key]

    return change


def of_type(kind):
    return lambda value: value.get("/Type") == kind


def tagged(kind):
    return lambda value: value.get("/S") == kind and "/P" in value


def drop(wanted, key):
    def change(writer):
        del first(writer, wanted)[key]

    return change


def put(wanted, key, value):
    def change(writer):
        first(writer, wanted)[NAME(key)] = value

    return change


def action(kind, **more):
    fields = {"/S": NAME(kind), **{f"/{key}": value for key, value in more.items()}}
    return generic.DictionaryObject({NAME(key): value for key, value in fields.items()})


def put_root(key, value):
    def change(writer):
        writer.root[NAME(key)] = value

    return change


def scribble(writer):
    page = first(writer, of_type("/Page"))
    drawn = generic.StreamObject(stream_data=b"0 0 1 rg 90 400 200 30 re f")
    old = page.raw_get("/Contents")
    page[NAME("/Contents")] = generic.ArrayObject([old, writer.add_object(drawn)])


def stream(**entries):
    fields = {NAME(f"/{key}"): value for key, value in entries.items()}
    return lambda writer: writer.root.__setitem__(
        NAME("/PieceInfo"),
        writer.add_object(generic.StreamObject(fields, encoded_data=b"x")),
    )


WIDGET = lambda value: value.get("/FT") == "/Sig"  # noqa: E731
FONT = lambda value: value.get("/Subtype") == "/Type0"  # noqa: E731
PROGRAM = lambda value: "/FontFile2" in value or "/FontFile3" in value  # noqa: E731


def unfont(writer):
    value = first(writer, PROGRAM)
    del value["/FontFile2" if "/FontFile2" in value else "/FontFile3"]


TAKEN = {
    "language": without("/Lang"),
    "marked": without("/MarkInfo"),
    "display-title": without("/ViewerPreferences"),
    "output-intent": without("/OutputIntents"),
    "font": unfont,
    "to-unicode": drop(FONT, "/ToUnicode"),
    "alt": drop(tagged("/Figure"), "/Alt"),
    "headings": put(tagged("/H1"), "/S", NAME("/H3")),
    "tag": put(tagged("/Figure"), "/S", NAME("/Picture")),
    "table-header": drop(tagged("/TH"), "/ID"),
    "field-name": drop(WIDGET, "/TU"),
    "field-look": drop(WIDGET, "/AP"),
    "field-hidden": put(WIDGET, "/F", generic.NumberObject(6)),
    "field-tag": drop(WIDGET, "/StructParent"),
    "tab-order": drop(of_type("/Page"), "/Tabs"),
    "untagged": scribble,
    "javascript": put_root("/OpenAction", action("/JavaScript", JS=generic.TextStringObject("1"))),
    "action": put_root("/OpenAction", action("/Launch")),
    "automatic": put_root("/AA", generic.DictionaryObject()),
    "xfa": lambda writer: writer.root["/AcroForm"].__setitem__(NAME("/XFA"), generic.ArrayObject()),
    "attachment": put_root("/AF", generic.ArrayObject([action("/X", EF=NAME("/Y"))])),
    "external": stream(F=generic.TextStringObject("elsewhere.bin")),
    "filter": stream(Filter=NAME("/LZWDecode")),
}


@pytest.mark.parametrize("code", TAKEN)
def test_each_thing_taken_away_or_brought_in_is_one_sentence(plain, code):
    assert codes(changed(plain, TAKEN[code])) == [code]


SAID = {
    "pdfa": (b'pdfaid:conformance="A"', b'pdfaid:conformance="B"'),
    "pdfua": (b"<pdfuaid:part>1<", b"<pdfuaid:part>2<"),
    "pdfua-schema": (b"http://www.aiim.org/pdfua/ns/id/<", b"http://www.aiim.org/other/<"),
    "title": (b"dc:title>", b"dc:titel>"),
    "title-differs": ("quý I năm".encode(), "quý II năm".encode()),
    "packet": (b"rdf:RDF", b"rdf:RDG"),
}


@pytest.mark.parametrize("code", SAID)
def test_what_the_file_says_of_itself_is_read(code, monkeypatch):
    old, new = SAID[code]
    finish = finishing._claim_accessibility

    def said_otherwise(document):
        finish(document)
        packet = finishing._object(document, document.catalog["Metadata"])
        assert any(old in part for part in packet.stream)
        packet.stream = [part.replace(old, new) for part in packet.stream]

    monkeypatch.setattr(finishing, "_claim_accessibility", said_otherwise)
    assert codes(printed(SAMPLES["giay-moi"])) == [code]


def test_a_file_without_structure_says_so(plain):
    assert "structure" in codes(changed(plain, without("/StructTreeRoot")))


def test_another_version_data_after_the_end_an_encrypted_and_an_unreadable_file_are_named(plain):
    assert codes(plain.replace(b"%PDF-1.7", b"%PDF-2.0", 1)) == ["header"]
    assert codes(plain + b"and more") == ["end"]
    assert codes(b"PK\x03\x04") == ["unreadable"]
    assert codes(plain[:5000]) == ["unreadable"]
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(plain)))
    writer.encrypt("mật khẩu", "mật khẩu")
    out = io.BytesIO()
    writer.write(out)
    assert codes(out.getvalue()) == ["encrypted"]
