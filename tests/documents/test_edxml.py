"""A released document as edXML: the elements another system reads, by hand from QCVN 102:2016."""

import base64
import hashlib
from xml.etree import ElementTree as ET

import pytest

from documents import service
from documents.errors import DocumentRefused

from .office import Office

NS = "{http://www.mic.gov.vn/TBT/QCVN_102_2016}"
HEADER = f"{NS}edXMLEnvelope/{NS}edXMLHeader/"


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        office = Office().give_keys()
        office.issuer.organ_id = "H40.31.5"
        office.issuer.save()
        yield office
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def released(desk):
    return desk.released()


def envelope(document, receivers=("Trưởng bản Tùng Hương",)):
    file = service.download(document)
    return service.Envelope(document, file, receivers, service.page_count(file.data))


def read(document):
    return ET.fromstring(service.edxml(envelope(document)))


def test_the_header_says_what_the_page_says(released):
    message = read(released).find(f"{HEADER}{NS}MessageHeader")
    assert [child.tag for child in message] == [
        "From", "To", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content",
        "SignerInfo", "DueDate", "ToPlaces", "OtherInfo", "DocumentId",
    ]  # fmt: skip
    day = f"{released.date:%Y/%m/%d}"
    told = {
        "From/OrganId": "H40.31.5",
        "From/OrganName": "Ủy ban nhân dân xã Tam Quang",
        "To/OrganName": "Trưởng bản Tùng Hương",
        "Code/CodeNumber": str(released.number),
        "Code/CodeNotation": "QĐ-UBND",
        "PromulgationInfo/Place": "Tam Quang",
        "PromulgationInfo/PromulgationDate": day,
        "DocumentType/TypeName": "Quyết định",
        "Subject": released.subject,
        "SignerInfo/Competence": "KT.",
        "SignerInfo/Position": "PHÓ CHỦ TỊCH",
        "SignerInfo/FullName": "Trần Quốc Hưng",
        "OtherInfo/PageAmount": "2",
        "DocumentId": f"H40.31.5,{day},{released.number}/QĐ-UBND",
    }
    assert {path: message.findtext(path) for path in told} == told
    assert next(place.text for place in message.find("ToPlaces")) == "Như Điều 3"
    assert len(message.find("OtherInfo/Appendixes")) == 1


def test_the_file_in_it_is_the_file_released(released):
    root = read(released)
    attachment = root.find(f"{NS}AttachmentEncoded/{NS}Attachment")
    data = base64.b64decode(attachment.findtext("ContentTransferEncoded"))
    assert service.verify(data).valid
    digest = hashlib.sha256(data).hexdigest()
    reference = root.find(f"{NS}edXMLEnvelope/{NS}edXMLBody/{NS}edXMLManifest/Reference")
    assert reference.get("{http://www.w3.org/1999/xlink}href") == f"cid:{digest}"
    assert attachment.findtext("ContentId") == digest
    assert attachment.findtext("ContentType") == "application/pdf"


@pytest.mark.parametrize(
    ("kind", "code"), [("recalls", "1"), ("amends", "2"), ("corrects", "2"), ("replaces", "3")]
)
def test_what_it_does_to_another_is_told(desk, released, kind, code):
    from django.db import transaction

    with transaction.atomic():
        second = desk.released()
        service.relate(second, released, kind)
        business = read(second).find(f"{HEADER}{NS}TraceHeaderList/Bussiness")
        assert business.findtext("BussinessDocType") == code
        assert business.findtext("DocumentId").endswith(f",{released.number}/QĐ-UBND")
        transaction.set_rollback(True)


def test_a_new_document_is_about_itself(released):
    business = read(released).find(f"{HEADER}{NS}TraceHeaderList/Bussiness")
    assert business.findtext("BussinessDocType") == "0"
    assert business.findtext("DocumentId").startswith("H40.31.5,")


def test_what_is_not_released_is_not_handed_over(desk):
    sealed = desk.sealed()
    with pytest.raises(DocumentRefused, match="Chỉ bàn giao văn bản đã phát hành"):
        service.edxml(envelope(sealed))
