"""Who signs for the Chairman, by his own decision: given, ended, and by nobody else's hand."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from documents import nd30
from documents.model import Issue
from documents.rendering import pdf
from procedures.flows import AnnounceTeamsFlow, delegate_signing
from procedures.issuing import signers, signing
from procedures.models import Dossier, Grant
from procedures.roles import Role
from workflows import authority
from workflows.errors import Refusal
from workflows.models import Delegation, Event
from workflows.states import State

from .correcting import post_of
from .drafted import begun as begun_matter
from .drafted import sent, written
from .test_announcing import SAID
from .test_existing import record


def begun(cast, grant) -> Dossier:
    author = cast(Role.SPECIALIST, 1)
    return delegate_signing.draft(author, post_of(author), grant)


def deputy(cast, number=1):
    return post_of(cast(Role.DEPUTY_CHAIRMAN, number))


def fields(cast, *codes):
    return {"rows": [{"delegate": deputy(cast).pk, "field": code} for code in codes]}


def authorised(cast, days=30):
    row = {"delegate": post_of(cast(Role.CHIEF_OF_OFFICE)).pk, "field": "digital"}
    return {
        "rows": [row],
        "kinds": ["notice", "invitation"],
        "until": timezone.localdate() + datetime.timedelta(days=days),
        "content": "thông báo, giấy mời họp về chuyển đổi số.",
    }


def given(cast, kind):
    """What stands of a form of signature that was not there before."""
    rows = Delegation.objects.filter(principal__agency=cast.agency, kind=kind)
    return list(rows.filter(paper__startswith="Quyết định số").order_by("pk"))


def test_fields_are_given_by_the_decision_and_ended_by_another(road, tam_quang):
    dossier = sent(road, begun(tam_quang, Grant.FIELDS), fields(tam_quang, "digital", "culture"))
    cleared = road._forward(dossier, State.CLEARED)
    # The Deputy of the field may sign other decisions for the Chairman, not this one; the Deputy
    # who receives something decides nothing about it at all.
    other, own = tam_quang(Role.DEPUTY_CHAIRMAN, 0), tam_quang(Role.DEPUTY_CHAIRMAN, 1)
    for act in ("reserve_decision", "reject"):
        with pytest.raises(Refusal, match="do chính Chủ tịch ký") as refused:
            road.do(cleared, act, other, "Chưa rõ.")
        assert "Điều 13" in refused.value.citation
    able = list(signers.able_to_sign(cleared, "decision"))
    assert [capacity.user for capacity in able] == [tam_quang(Role.CHAIRMAN)]
    assert cleared.is_interested(own)
    assert not cleared.is_interested(other)
    assert not given(tam_quang, "KT")
    done = road._forward(cleared, State.RELEASED)
    for slot, name in (("proposal", ""), ("submission", "Tờ trình"), ("decision", "Quyết định")):
        assert nd30.inspect(signing.preview(done, slot)) == nd30.Report(name, ()), slot
    rows = given(tam_quang, "KT")
    today = timezone.localdate()
    assert [(row.field, row.since, row.until) for row in rows] == [
        ("digital", today, None),
        ("culture", today, None),
    ]
    assert rows[0].paper == f"Quyết định số {done.decision.reference}"
    assert rows[0].paper_date == done.decision.date
    assert rows[0].scan_digest == done.decision.content_digest
    entered = Event.objects.filter(record_type="workflows.delegation", record_id=rows[0].pk)
    assert [event.act for event in entered] == ["assign"]
    # He may sign from now on.
    held = authority.capacities(own)
    assert authority.capacity_at(done.desk(Role.CHAIRMAN), held, ("digital",)).kind == "KT"
    # The same is not given twice.
    with pytest.raises(Refusal, match="Đã giao rồi"):
        sent(road, begun(tam_quang, Grant.FIELDS), fields(tam_quang, "digital"))
    ending = {"rows": [{"delegation": row.pk} for row in rows]}
    dossier = sent(road, begun(tam_quang, Grant.END), ending)
    assert dossier.is_interested(own)
    ended = road._forward(dossier, State.RELEASED)
    assert nd30.inspect(signing.preview(ended, "decision")) == nd30.Report("Quyết định", ())
    assert {row.until for row in given(tam_quang, "KT")} == {ended.decision.date}


def test_an_authorisation_is_limited_and_becomes_a_right(road, tam_quang):
    said = authorised(tam_quang)
    dossier = sent(road, begun(tam_quang, Grant.AUTHORISE), said)
    done = road._forward(dossier, State.RELEASED)
    assert nd30.inspect(signing.preview(done, "decision")) == nd30.Report("Quyết định", ())
    says = str(done.decision.says())
    assert "các loại văn bản: thông báo, giấy mời; nội dung: thông báo, giấy mời họp về" in says
    assert "không ủy quyền lại cho người khác ký, không ký Quyết định" in says
    [row] = given(tam_quang, "TUQ")
    assert (row.delegate.role, row.field) == ("chief_of_office", "digital")
    assert (row.until, row.limited_to) == (said["until"], ["notice", "invitation"])
    # Its holder signs what it lists, and nothing else.
    record(tam_quang)
    chief = tam_quang(Role.CHIEF_OF_OFFICE)
    drafted = sent(road, begun_matter(tam_quang, AnnounceTeamsFlow), SAID)
    taken = road.do(road._forward(drafted, State.CLEARED), "reserve_decision", chief)
    assert taken.decision.signer_capacity.splitlines() == ["TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
    issue = Issue(timezone.localdate(), taken.decision.number, "TB-UBND")
    page = pdf.render(taken.decision.says(), issue)
    assert nd30.inspect(page) == nd30.Report("Thông báo", ())
    desk = taken.desk(Role.CHAIRMAN)
    held = authority.capacities(chief)
    for kind in ("official_letter", "decision", "report"):
        with pytest.raises(
            Refusal, match=r"Văn bản giao chỉ gồm: Thông báo, Giấy mời\."
        ) as refused:
            signers.capacity_to_sign(kind, desk, held)
        assert refused.value.citation == "Điều 13 khoản 3 Nghị định 30/2020/NĐ-CP"


@pytest.mark.parametrize(
    ("grant", "said", "field", "sentence"),
    [
        (Grant.AUTHORISE, {"until": None}, "until", "phải có thời hạn"),
        (Grant.AUTHORISE, {"content": ""}, "content", "giới hạn nội dung"),
        (Grant.AUTHORISE, {"kinds": []}, "kinds", "chọn loại văn bản"),
        (Grant.AUTHORISE, {"until": datetime.date(2020, 1, 1)}, "until", "đã qua"),
        (Grant.FIELDS, {"rows": []}, "rows", "chọn người được giao"),
    ],
)
def test_what_is_not_whole_is_not_sent(road, tam_quang, grant, said, field, sentence):
    whole = authorised(tam_quang) if grant == Grant.AUTHORISE else fields(tam_quang, "culture")
    with pytest.raises(Refusal, match=sentence) as refused:
        sent(road, begun(tam_quang, grant), whole | said)
    assert refused.value.field == field


def test_only_fitting_posts_receive_and_only_what_stands_ends(road, tam_quang, hac_thanh):
    draft = begun(tam_quang, Grant.FIELDS)
    foreign = fields(hac_thanh, "culture")
    head = {"rows": [{"delegate": post_of(tam_quang(Role.DIVISION_HEAD)).pk, "field": "economy"}]}
    every = {"rows": [{"delegate": deputy(tam_quang).pk, "field": ""}]}
    for said in (foreign, head, every):
        with pytest.raises(Refusal, match="không giao được"):
            written(road, draft, said)
    abroad = Delegation.objects.filter(principal__agency=hac_thanh.agency).first()
    with pytest.raises(Refusal, match="không còn hiệu lực"):
        written(road, begun(tam_quang, Grant.END), {"rows": [{"delegation": abroad.pk}]})
    two = [{"delegate": deputy(tam_quang, n).pk, "field": ""} for n in (0, 1)]
    with pytest.raises(Refusal, match="Chỉ giao một"):
        sent(road, begun(tam_quang, Grant.CHARGE), {"rows": two})


def test_the_page_keeps_what_is_typed(client, tam_quang, hac_thanh):
    client.force_login(tam_quang(Role.SPECIALIST))
    assert client.post(reverse("drafting"), {"procedure": "delegate_signing"}).status_code == 404
    address = client.post(reverse("drafting"), {"grant": "authorise"})["Location"]
    dossier = Dossier.objects.get(procedure="delegate_signing")
    box = f"{post_of(tam_quang(Role.CHIEF_OF_OFFICE)).pk}.digital"
    typed = {"rows": [box], "kinds": ["notice"], "content": "Giấy mời.", "seen": 1, "send": "1"}
    offered = client.get(address).content.decode()
    assert 'name="kinds" value="invitation"' in offered
    assert 'name="kinds" value="decision"' not in offered
    assert client.post(address, typed | {"kinds": ["decision"]}).status_code == 422
    wrong = client.post(address, typed)
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "phải có thời hạn" in page
    assert f'value="{box}" checked' in page
    assert re.search(r'name="kinds" value="notice"[^>]* checked', page)
    dossier.refresh_from_db()
    day = timezone.localdate() + datetime.timedelta(days=9)
    whole = typed | {"until": day.isoformat(), "seen": dossier.revision}
    assert client.post(address, whole)["Location"] == reverse("dossier", args=[dossier.pk])
    assert Dossier.objects.get(pk=dossier.pk).state == State.SUBMITTED
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(address).status_code == 404


def test_who_is_chosen_stands_before_the_days(tam_quang, client):
    dossier = begun(tam_quang, Grant.AUTHORISE)
    client.force_login(dossier.author)
    page = client.get(reverse("dossier-write", args=[dossier.pk])).content.decode()
    found = [page.index(f'name="{name}"') for name in ("rows", "content", "since", "until")]
    assert found == sorted(found)
