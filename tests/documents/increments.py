"""What can be added to a PDF without touching a byte of it: increments as editing software, or a
forger with more patience, would write them."""

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

NAME, TEXT, NUMBER = generic.NameObject, generic.TextStringObject, generic.NumberObject
WHITE = b"q 1 1 1 rg 0 0 600 850 re f Q"


def entries(**values):
    return generic.DictionaryObject({NAME(f"/{key}"): value for key, value in values.items()})


def box(*numbers):
    return generic.ArrayObject([NUMBER(number) for number in numbers])


def drawn(data=WHITE):
    """A form XObject."""
    fields = entries(Type=NAME("/XObject"), Subtype=NAME("/Form"), BBox=box(0, 0, 600, 850))
    return generic.StreamObject(fields, stream_data=data)


def script():
    return entries(S=NAME("/JavaScript"), JS=TEXT("app.alert(1)"))


def added(data, change):
    """``data`` and an increment in which ``change(writer)`` happened."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def first_page(writer):
    reference = writer.find_page_for_modification(0)[0]
    return reference, reference.get_object()


def field(writer, name):
    for entry in writer.root["/AcroForm"]["/Fields"]:
        if entry.get_object()["/T"] == name:
            return entry, entry.get_object()
    raise LookupError(name)


def annotate(writer, annotation):
    """Hang an annotation onto the first page."""
    reference, page = first_page(writer)
    known = list(page["/Annots"]) if "/Annots" in page else []
    page[NAME("/Annots")] = generic.ArrayObject([*known, annotation])
    writer.mark_update(reference)


def new_field(writer, shown=True, **values):
    """A field of its own at the end of the form, shown on the first page."""
    made = entries(Type=NAME("/Annot"), Subtype=NAME("/Widget"), F=NUMBER(4), **values)
    reference = writer.add_object(made)
    form = writer.root["/AcroForm"]
    form["/Fields"].append(reference)
    writer.update_container(form["/Fields"])
    if shown:
        annotate(writer, reference)
    return reference, made


# -- on the page ---------------------------------------------------------------------------------


def overlay(writer):
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=WHITE)))


def contents_replaced(writer):
    reference, page = first_page(writer)
    page[NAME("/Contents")] = writer.add_object(generic.StreamObject(stream_data=WHITE))
    writer.mark_update(reference)


def cropped(writer):
    reference, page = first_page(writer)
    page[NAME("/CropBox")] = box(0, 0, 300, 300)
    writer.mark_update(reference)


def page_in_front(writer):
    tree = writer.root["/Pages"]
    page = entries(Type=NAME("/Page"), MediaBox=box(0, 0, 595, 842), Resources=entries())
    page[NAME("/Parent")] = writer.root.raw_get("/Pages")
    tree["/Kids"].insert(0, writer.add_object(page))
    tree[NAME("/Count")] = NUMBER(tree["/Count"] + 1)
    writer.mark_update(writer.root.raw_get("/Pages"))


def font_exchanged(writer):
    """The same codes drawn with other letters."""
    _reference, page = first_page(writer)
    fonts = page["/Resources"]["/Font"]
    one, other = list(fonts)[:2]
    fonts[NAME(one)] = fonts.raw_get(other)
    writer.update_container(fonts)


def note(writer, **values):
    made = {"Type": NAME("/Annot"), "Rect": box(50, 300, 550, 700), "F": NUMBER(4), **values}
    annotate(writer, writer.add_object(entries(**made)))


def free_text(writer):
    look = entries(N=writer.add_object(drawn()))
    note(writer, Subtype=NAME("/FreeText"), Contents=TEXT("Giao 5 tỷ"), AP=look)


def hidden_stamp(writer):
    note(writer, Subtype=NAME("/Stamp"), F=NUMBER(2), AP=entries(N=writer.add_object(drawn())))


def redirected(writer):
    note(writer, Subtype=NAME("/Link"), A=entries(S=NAME("/URI"), URI=TEXT("https://x.example")))


# -- in the catalogue ------------------------------------------------------------------------------


def catalogued(key, make):
    def change(writer):
        writer.root[NAME(key)] = make(writer)
        writer.update_root()

    return change


def attached(writer):
    stream = generic.StreamObject(entries(Type=NAME("/EmbeddedFile")), stream_data=b"MZ")
    told = entries(Type=NAME("/Filespec"), F=TEXT("a.exe"), EF=entries(F=writer.add_object(stream)))
    names = generic.ArrayObject([TEXT("a.exe"), writer.add_object(told)])
    return entries(EmbeddedFiles=entries(Names=names))


def scripted_names(_writer):
    return entries(JavaScript=entries(Names=generic.ArrayObject([TEXT("a"), script()])))


def layered(writer):
    group = writer.add_object(entries(Type=NAME("/OCG"), Name=TEXT("x")))
    groups = generic.ArrayObject([group])
    return entries(OCGs=groups, D=entries(OFF=groups))


def form_of_another_make(writer):
    writer.root["/AcroForm"][NAME("/XFA")] = writer.add_object(
        generic.StreamObject(stream_data=b"<xdp:xdp/>")
    )
    writer.update_container(writer.root["/AcroForm"])


def calculated(writer):
    writer.root["/AcroForm"][NAME("/CO")] = generic.ArrayObject([field(writer, "Signer")[0]])
    writer.update_container(writer.root["/AcroForm"])


def odd_lists(writer):
    writer.root[NAME("/DSS")] = writer.add_object(entries(Evil=TEXT("x")))
    writer.update_root()


def renamed(writer):
    """Viewers show this title in place of the file's name."""
    writer.set_info(entries(Title=TEXT("Quyết định cấp đất")))


def packet_renamed(writer):
    stream = writer.root["/Metadata"]
    data = stream.data.replace("thành lập".encode(), "giải thể".encode())
    assert data != stream.data
    new = generic.StreamObject(
        entries(Type=NAME("/Metadata"), Subtype=NAME("/XML")), stream_data=data
    )
    writer.root[NAME("/Metadata")] = writer.add_object(new)
    writer.update_root()


ON_PAGES_AND_CATALOGUE = {
    "overlay": overlay,
    "contents replaced": contents_replaced,
    "cropped": cropped,
    "page in front": page_in_front,
    "font exchanged": font_exchanged,
    "free text": free_text,
    "hidden stamp": hidden_stamp,
    "link": redirected,
    "script on opening": catalogued("/OpenAction", lambda _writer: script()),
    "automatic action": catalogued("/AA", lambda _writer: entries(WC=script())),
    "attachment": catalogued("/Names", attached),
    "script by name": catalogued("/Names", scripted_names),
    "portfolio": catalogued("/Collection", lambda _writer: entries(View=NAME("/T"))),
    "layers": catalogued("/OCProperties", layered),
    "other permissions": catalogued("/Perms", lambda _writer: entries()),
    "structure": catalogued("/StructTreeRoot", lambda _writer: entries()),
    "XFA": form_of_another_make,
    "calculated": calculated,
    "odd lists": odd_lists,
    "title": renamed,
    "title in the packet": packet_renamed,
}
