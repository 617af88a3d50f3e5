"""Increments that touch the form: new fields, ours bent, time stamps that are more than that."""

from pyhanko.pdf_utils import generic

from .increments import NAME, NUMBER, TEXT, annotate, box, drawn, entries, field, new_field, script


def text_field(writer):
    look = entries(N=writer.add_object(drawn()))
    new_field(writer, FT=NAME("/Tx"), T=TEXT("Ghi chú"), Rect=box(0, 0, 600, 800), AP=look)


def button(writer):
    new_field(writer, FT=NAME("/Btn"), T=TEXT("Mở"), Rect=box(0, 0, 600, 800), A=script())


def namesake(writer):
    """A second field of the signer's name, with his own signature in it."""
    value = field(writer, "Signer")[1].raw_get("/V")
    new_field(writer, FT=NAME("/Sig"), T=TEXT("Signer"), Rect=box(0, 0, 0, 0), V=value)


def moved(writer):
    reference, signer = field(writer, "Signer")
    signer[NAME("/Rect")] = box(0, 0, 595, 842)
    writer.mark_update(reference)


def hooked(writer):
    reference, signer = field(writer, "Signer")
    signer[NAME("/AA")] = entries(PO=script())
    writer.mark_update(reference)


def look_exchanged(writer):
    reference, seal = field(writer, "Seal")
    seal[NAME("/AP")] = entries(N=writer.add_object(drawn()))
    writer.mark_update(reference)


def hidden_field(writer):
    reference, seal = field(writer, "Seal")
    seal[NAME("/F")] = NUMBER(2)
    writer.mark_update(reference)


def other_signature(writer):
    """The signer's signature in the place of the seal."""
    reference, seal = field(writer, "Seal")
    seal[NAME("/V")] = field(writer, "Signer")[1].raw_get("/V")
    writer.mark_update(reference)


def unsigned(writer):
    reference, seal = field(writer, "Seal")
    del seal["/V"]
    writer.mark_update(reference)


def emptied(writer):
    form = writer.root["/AcroForm"]
    form[NAME("/Fields")] = generic.ArrayObject()
    writer.update_container(form)


def stamp(writer, value=None, **more):
    """What looks like a time stamp over the whole document, but for ``more``."""
    signature = value or entries(
        Type=NAME("/DocTimeStamp"),
        Filter=NAME("/Adobe.PPKLite"),
        SubFilter=NAME("/ETSI.RFC3161"),
        ByteRange=box(0, 10, 20, 10),
        Contents=generic.ByteStringObject(b"0"),
    )
    values = {"Rect": box(0, 0, 0, 0), **more}
    return new_field(
        writer, FT=NAME("/Sig"), T=TEXT("Stamp"), V=writer.add_object(signature), **values
    )


def stamp_with_a_script(writer):
    stamp(writer, AA=entries(PO=script()))


def stamp_with_an_action(writer):
    stamp(writer, A=script())


def stamp_with_a_look(writer):
    stamp(writer, AP=entries(N=writer.add_object(drawn())))


def stamp_shown_below(writer):
    """The field has no area; a widget under it covers the page."""
    look = entries(N=writer.add_object(drawn()))
    kid = entries(
        Type=NAME("/Annot"), Subtype=NAME("/Widget"), F=NUMBER(4), Rect=box(0, 0, 595, 842), AP=look
    )
    reference = writer.add_object(kid)
    parent, _made = stamp(writer, Kids=generic.ArrayObject([reference]))
    kid[NAME("/Parent")] = parent
    annotate(writer, reference)


def stamp_that_is_none(writer):
    other = entries(Type=NAME("/Sig"), Filter=NAME("/Adobe.PPKLite"), SubFilter=NAME("/x"))
    stamp(writer, other)


IN_FIELDS = {
    "text field": text_field,
    "button": button,
    "field moved": moved,
    "field with a script": hooked,
    "fields taken away": emptied,
    "stamp with a script": stamp_with_a_script,
    "stamp with an action": stamp_with_an_action,
    "stamp with a look": stamp_with_a_look,
    "stamp shown below": stamp_shown_below,
    "no stamp": stamp_that_is_none,
    "look of the field": look_exchanged,
    "field hidden": hidden_field,
}
# What can only be done to signatures that are there.
AFTER_SIGNING = {
    "namesake": namesake,
    "other signature": other_signature,
    "unsigned": unsigned,
}
