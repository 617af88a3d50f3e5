"""Rules about assigning targets. A day that comes while the paper is under way only warns."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.targeting import overlapped
from ..models.targets import Sheet
from .base import Breach, of_dossier
from .facts import Facts

_PAPER = ("origin", "paper", "number", "date", "issuer", "excerpt")


def _sheet(facts: Facts) -> Sheet | None:
    return facts.dossier.target_sheet() if facts.dossier.assigns else None


@of_dossier
def origin_is_told(facts: Facts) -> Iterator[Breach]:
    """Ghi đủ văn bản làm căn cứ: loại, số, ngày, cơ quan ban hành và trích yếu"""
    if sheet := _sheet(facts):
        for name in _PAPER:
            if not getattr(sheet.target_set, name):
                yield Breach(name)


@of_dossier
def paper_is_not_of_tomorrow(facts: Facts) -> Iterator[Breach]:
    """Ngày của văn bản làm căn cứ ở sau hôm nay"""
    if (sheet := _sheet(facts)) and sheet.target_set.date and sheet.target_set.date > facts.on:
        yield Breach("date")


@of_dossier
def period_is_told(facts: Facts) -> Iterator[Breach]:
    """Chọn ngày bắt đầu và hạn hoàn thành; hạn không được trước ngày bắt đầu"""
    if sheet := _sheet(facts):
        since, due = sheet.target_set.since, sheet.target_set.due
        if since is None:
            yield Breach("since")
        if due is None or (since and due < since):
            yield Breach("due")


@of_dossier
def due_is_ahead(facts: Facts) -> Iterator[Breach]:
    """Hạn hoàn thành %(due)s đã qua. Chọn một ngày từ hôm nay trở đi"""
    if (sheet := _sheet(facts)) and sheet.target_set.due and sheet.target_set.due < facts.on:
        yield Breach("due", values={"due": f"{sheet.target_set.due:%d/%m/%Y}"})


@of_dossier
def an_indicator_is_chosen(facts: Facts) -> Iterator[Breach]:
    """Chọn ít nhất một chỉ số để giao"""
    if (sheet := _sheet(facts)) and not sheet.items:
        yield Breach("indicators")


@of_dossier
def a_team_is_chosen(facts: Facts) -> Iterator[Breach]:
    """Chọn ít nhất một tổ để giao chỉ tiêu"""
    if (sheet := _sheet(facts)) and not sheet.places:
        yield Breach("teams")


@of_dossier
def teams_still_stand(facts: Facts) -> Iterator[Breach]:
    """%(team)s không còn hoạt động nên không giao chỉ tiêu được. Bỏ đánh dấu tổ này"""
    if sheet := _sheet(facts):
        for place in sheet.places:
            if place.team.until is not None:
                yield Breach("teams", values={"team": place.team.name})


@of_dossier
def a_share_is_of_something(facts: Facts) -> Iterator[Breach]:
    """Chỉ số “%(name)s” là tỷ lệ nhưng chưa ghi tính trên tổng số nào. Chọn chỉ số đếm được (hộ,
    người) và ghi rõ trên tổng số nào"""
    if sheet := _sheet(facts):
        for item in sheet.items:
            bare = "%" in item.indicator.unit or (item.percent and not item.indicator.is_share)
            if bare:
                yield Breach(f"p-{item.pk}", values={"name": item.indicator.name})


@of_dossier
def the_whole_has_a_source(facts: Facts) -> Iterator[Breach]:
    """Ghi tổng số do ai đếm và tính đến ngày nào"""
    if sheet := _sheet(facts):
        for item in sheet.items:
            if item.indicator.is_share and not item.base_source:
                yield Breach(f"s-{item.pk}")
            if item.indicator.is_share and not item.base_date:
                yield Breach(f"b-{item.pk}")


@of_dossier
def every_team_is_given_something(facts: Facts) -> Iterator[Breach]:
    """Chưa ghi số phải đạt của %(team)s. Ghi số, hoặc bỏ tổ này khỏi danh sách"""
    if sheet := _sheet(facts):
        for place in sheet.places:
            if sheet.items and not sheet.asked(place):
                field = f"n-{place.pk}-{sheet.items[0].pk}"
                yield Breach(field, values={"team": place.team.name})


@of_dossier
def number_is_asked_for(facts: Facts) -> Iterator[Breach]:
    """Đã ghi tổng số mà chưa ghi số phải đạt của %(team)s"""
    if sheet := _sheet(facts):
        for target in sheet.cells.values():
            if target.numerator is None and sheet.asked(target.place):
                field = f"n-{target.place_id}-{target.item_id}"
                yield Breach(field, values={"team": target.place.team.name})


@of_dossier
def number_is_more_than_nothing(facts: Facts) -> Iterator[Breach]:
    """Chỉ tiêu phải lớn hơn 0. Không giao thì để trống ô này"""
    if sheet := _sheet(facts):
        for target in sheet.cells.values():
            if target.numerator == 0:
                yield Breach(f"n-{target.place_id}-{target.item_id}")


@of_dossier
def share_has_its_whole(facts: Facts) -> Iterator[Breach]:
    """Ghi tổng số (%(of)s) của %(team)s: không giao tỷ lệ mà không biết trên tổng số nào"""
    if sheet := _sheet(facts):
        for target in sheet.cells.values():
            if target.item.indicator.is_share and target.numerator and not target.denominator:
                values = {"of": target.item.indicator.of, "team": target.place.team.name}
                yield Breach(f"d-{target.place_id}-{target.item_id}", values=values)


@of_dossier
def some_are_not_given(facts: Facts) -> Iterator[Breach]:
    """Để trống nên không giao “%(name)s” cho %(count)d tổ: %(teams)s"""
    if sheet := _sheet(facts):
        for column, item in enumerate(sheet.items):
            left = [place.team.name for place, row in sheet.rows if not row[column]]
            if left and len(left) < len(sheet.places):
                names = ", ".join(left)
                values = {"name": item.indicator.name, "count": len(left), "teams": names}
                yield Breach("cells", "warn", values=values)


@of_dossier
def every_indicator_is_given(facts: Facts) -> Iterator[Breach]:
    """Chưa ghi số nào cho chỉ số “%(name)s”. Ghi số, hoặc bỏ chỉ số này"""
    if sheet := _sheet(facts):
        for column, item in enumerate(sheet.items):
            if sheet.places and not any(row[column] for _place, row in sheet.rows):
                field = f"n-{sheet.places[0].pk}-{item.pk}"
                yield Breach(field, values={"name": item.indicator.name})


@of_dossier
def earlier_targets_are_replaced(facts: Facts) -> Iterator[Breach]:
    """Thay chỉ tiêu “%(name)s” đã giao cho %(team)s tại Quyết định số %(number)s, vì trùng thời
    gian. Quyết định mới sẽ ghi rõ điều này"""
    if sheet := _sheet(facts):
        for old in overlapped(sheet):
            decision = old.item.target_set.dossier.written("decision")
            values = {
                "name": old.item.indicator.name,
                "team": old.place.team.name,
                "number": decision.reference,
            }
            yield Breach("cells", "warn", values=values)
