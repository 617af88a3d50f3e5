"""Addresses of the screens, in the words of the people who use them."""

from __future__ import annotations

from django.urls import path, register_converter

from .views import (
    assignments,
    behalf,
    bundles,
    cases,
    checks,
    commending,
    copy_files,
    copying,
    correcting,
    countersigning,
    deliveries,
    drafted,
    elsewhere,
    existing,
    home,
    indicators,
    late,
    members,
    notices,
    outside,
    phones,
    pool,
    proposals,
    reading,
    registers,
    regulations,
    report_calls,
    report_upward,
    reports,
    restructure,
    restructuring,
    returning,
    rewording,
    round_lines,
    rounds,
    schools,
    search,
    steps,
    superior,
    target_boards,
    targets,
    team_papers,
    team_targets,
    teams,
    training,
    tray,
    upward,
    zalo,
)


class PaperConverter:
    """A kind of paper by its Vietnamese name."""

    names = {"proposal": "de-xuat", "submission": "to-trinh", "decision": "quyet-dinh"}
    regex = "de-xuat|to-trinh|quyet-dinh"

    def to_python(self, value: str) -> str:
        return next(kind for kind, name in self.names.items() if name == value)

    def to_url(self, value: str) -> str:
        return self.names[value]


class SignedPaperConverter(PaperConverter):
    """A kind that is signed in the office."""

    regex = "to-trinh|quyet-dinh"


register_converter(PaperConverter, "paper")
register_converter(SignedPaperConverter, "signed")

urlpatterns = [
    path("", home.home, name="home"),
    path("de-nghi/", proposals.start, name="start"),
    path("thong-bao/", notices.listed, name="notices"),
    path("thong-bao/da-xem/", notices.all_read, name="notices-read"),
    path("thong-bao/<int:number>/mo/", notices.opened, name="notice-open"),
    path("tim/", search.found, name="search"),
    path("tre-han/", late.late, name="late"),
    path("khay/", tray.tray, name="tray"),
    path("to-da-co/", existing.upload, name="existing"),
    path("to-da-co/mau.xlsx", existing.template, name="existing-template"),
    path("to-da-co/vi-du.xlsx", existing.sample, name="existing-sample"),
    path("to-da-co/<slug:digest>/", existing.check, name="existing-check"),
    path("dot/", rounds.listed, name="rounds"),
    path("dot/moi/", rounds.open_round, name="round-open"),
    path("dot/<int:pk>/", rounds.show, name="round"),
    path("dot/<int:pk>/dua-vao/", rounds.gather, name="round-gather"),
    path("dot/<int:pk>/danh-sach/<int:line>/", round_lines.correct, name="round-line"),
    path("dot/<int:pk>/trinh/", rounds.send, name="round-send"),
    path("dot/<int:pk>/nhac/", rounds.remind, name="round-remind"),
    path("dot/noi/<int:pk>/", rounds.place, name="round-place"),
    path("ho-so/", home.dossiers, name="dossiers"),
    path("ho-so/<int:pk>/", cases.show, name="dossier"),
    path("ho-so/<int:pk>/danh-sach/", proposals.edit, name="dossier-edit"),
    path("ho-so/<int:pk>/kiem-tra/noi-dung/", checks.check_content, name="dossier-check-content"),
    path("ho-so/<int:pk>/kiem-tra/the-thuc/", checks.check_form, name="dossier-check-form"),
    path("ho-so/<int:pk>/sua-chu/", rewording.reword, name="dossier-reword"),
    path("ho-so/<int:pk>/ky/<signed:kind>/", steps.sign, name="dossier-sign"),
    path("ho-so/<int:pk>/ky-giay/<signed:kind>/", steps.paper, name="dossier-paper"),
    path("ho-so/<int:pk>/dong-dau/", steps.seal, name="dossier-seal"),
    path("ho-so/<int:pk>/tra-ve/", returning.turn_back, name="dossier-return"),
    path("ho-so/<int:pk>/viec/<slug:name>/", cases.act, name="dossier-act"),
    path("ho-so/<int:pk>/de-lai/", rounds.set_aside, name="dossier-set-aside"),
    path("ho-so/<int:pk>/nhac/", notices.nudge, name="dossier-nudge"),
    path("ho-so/<int:pk>/chia-se/", notices.share, name="dossier-share"),
    path("ho-so/<int:pk>/doc/<paper:kind>/", reading.read, name="dossier-read"),
    path("ho-so/<int:pk>/doc/<paper:kind>/du-thao.docx", reading.draft, name="dossier-draft"),
    path("ho-so/<int:pk>/doc/<paper:kind>/ban-xem.pdf", reading.preview, name="dossier-preview"),
    path(
        "ho-so/<int:pk>/doc/<paper:kind>/<slug:digest>/<int:number>.png",
        reading.picture,
        name="dossier-picture",
    ),
    path("ho-so/<int:pk>/in/<signed:kind>/<int:signer>/", reading.printout, name="dossier-print"),
    path("van-ban/<int:pk>/tai/", reading.download, name="document-download"),
    # Nhập hộ
    path("mau-de-xuat.pdf", behalf.blank, name="blank-proposal"),
    path("nhap-ho/", behalf.listed, name="behalf"),
    path("nhap-ho/<int:number>/", behalf.begin, name="behalf-begin"),
    path("ho-so/<int:pk>/nhap-ho/", behalf.enter, name="dossier-enter"),
    path("ho-so/<int:pk>/ban-nhan/<slug:digest>/", behalf.scan, name="dossier-scan"),
]

# Minutes signed by two.
urlpatterns += [
    path("ho-so/<int:pk>/thu-ky-ky/", countersigning.countersign, name="dossier-countersign"),
    path(
        "ho-so/<int:pk>/thu-ky-ky/cong-cu/",
        countersigning.outside,
        name="dossier-countersign-outside",
    ),
]

# After the release, and the lists of teams.
urlpatterns += [
    path("ho-so/van-ban.zip", bundles.chosen, name="bundle"),
    path("ho-so/<int:pk>/van-ban.zip", bundles.of_dossier, name="dossier-bundle"),
    path("ho-so/<int:pk>/ban-giao.zip", bundles.handed_over, name="dossier-handover"),
    path("ho-so/<int:pk>/gui/", deliveries.book, name="dossier-deliveries"),
    path("ho-so/<int:pk>/gui/sua/", deliveries.correct, name="dossier-delivery"),
    path("ho-so/<int:pk>/da-nhan/", deliveries.acknowledge, name="dossier-acknowledge"),
    path("ho-so/<int:pk>/ban-quet/", deliveries.scan, name="dossier-add-scan"),
    path("ho-so/<int:pk>/so-dien-thoai/", phones.of_dossier, name="dossier-phones"),
    path("to/", teams.listed, name="teams"),
    path("to/xuat/", teams.export, name="teams-export"),
    path("to/<int:team>/", teams.show, name="team"),
    path("to/<int:team>/so-dien-thoai/", phones.of_team, name="team-phones"),
    path("nhat-ky-xem/", teams.log, name="viewings"),
]

urlpatterns += [
    path("ho-so/<int:pk>/trinh/", checks.ask, name="dossier-ask"),
    path("ho-so/<int:pk>/xem-du-thao/", checks.review, name="dossier-review"),
    path("phan-cong/", assignments.board, name="assignments"),
    path("phan-cong/cach-lam/", assignments.choose_ways, name="ways"),
    path("phan-cong/them/<slug:form>/", assignments.add, name="assignment-add"),
    path("phan-cong/nguoi-giu/<int:post>/", assignments.install, name="assignment-install"),
    path("phan-cong/<slug:kind>/<int:row>/ket-thuc/", assignments.end, name="assignment-end"),
    path("phan-cong/<slug:kind>/<int:row>/van-ban/", assignments.scan, name="assignment-scan"),
    path("van-ban/<int:pk>/sai-gi/", correcting.wrong, name="document-wrong"),
    path("ho-so/<int:pk>/sua-sai/", correcting.edit, name="dossier-correct"),
]

# The list of teams for an office above.
urlpatterns += [
    path("danh-sach-gui/", upward.lists, name="upward"),
    path("danh-sach-gui/doi-chieu/", upward.compare, name="upward-compare"),
    path("danh-sach-gui/mau/", superior.listed, name="superior"),
    path("danh-sach-gui/mau/<int:sheet>/", superior.mapped, name="superior-map"),
    path("danh-sach-gui/cong-van/", upward.begin, name="upward-begin"),
    path("ho-so/<int:pk>/danh-sach-gui/", upward.edit, name="dossier-list-up"),
]

urlpatterns += [
    path("quy-dinh/", regulations.in_force, name="regulations"),
    path("quy-dinh/<int:regulation>/", regulations.own, name="own-regulation"),
]

urlpatterns += [
    path("nhom-zalo/", zalo.listed, name="zalo"),
    path("nhom-zalo/moi/<slug:tier>/<int:place>/", zalo.begin, name="zalo-begin"),
    path("nhom-zalo/<int:group>/", zalo.edit, name="zalo-group"),
]

# Single members of a team.
urlpatterns += [
    path("to/<int:team>/gioi-thieu/", members.ask, {"kind": "admit"}, name="member-admit"),
    path("to/<int:team>/cho-thoi/", members.ask, {"kind": "leave"}, name="member-leave"),
    path("to/<int:team>/dua-ra/", members.ask, {"kind": "remove"}, name="member-remove"),
    path("to/<int:team>/don-vao.pdf", members.blank, {"kind": "admit"}, name="blank-joining"),
    path("to/<int:team>/don-thoi.pdf", members.blank, {"kind": "leave"}, name="blank-leaving"),
    path("ho-so/<int:pk>/de-nghi/", members.edit, name="dossier-request"),
    path("ho-so/<int:pk>/xin-y-kien/", members.pass_on, name="dossier-pass"),
    path("ho-so/<int:pk>/dong-y/", members.consent, name="dossier-consent"),
    path("ho-so/<int:pk>/nguoi-trong-quyet-dinh/", pool.members, name="dossier-members"),
    path("cho-ra-quyet-dinh/", pool.listed, name="pool"),
    path("khay/dong-y/", tray.agree, name="tray-agree"),
]

# What is done about teams that stand.
urlpatterns += [
    path("viec-ve-to/", restructuring.hub, name="restructuring"),
    path("viec-ve-to/sap-nhap/", restructuring.merge, name="merger"),
    path("viec-ve-to/sap-nhap/<int:merger>/", restructuring.begin_merger, name="merger-begin"),
    path(
        "viec-ve-to/sap-nhap/<int:merger>/rut-lai/",
        restructuring.take_back_merger,
        name="merger-back",
    ),
    path("viec-ve-to/<slug:kind>/", restructuring.begin, name="restructure-begin"),
    path("ho-so/<int:pk>/viec-to/", restructure.edit, name="dossier-restructure"),
]

# Chỉ tiêu
urlpatterns += [
    path("chi-tieu/", target_boards.listed, name="target-sets"),
    path("chi-tieu/moi/", target_boards.begin, name="targets-begin"),
    path("chi-tieu/<int:number>/", target_boards.board, name="target-board"),
    path("chi-tieu/to/<int:number>/", team_targets.arrived, name="target-team"),
    path("chi-tieu/de-nghi/<int:number>/", team_targets.answer, name="target-answer"),
    path("ho-so/<int:case>/chi-tieu/", targets.plan, name="targets-plan"),
    path("ho-so/<int:case>/chi-tieu/so/", targets.numbers, name="targets-numbers"),
    path("ho-so/<int:case>/chi-tieu/van-ban/", targets.scan, name="targets-scan"),
    path("to/<int:team>/chi-tieu/", team_targets.show, name="team-targets"),
    path("to/<int:team>/chi-tieu/so-lieu/", team_targets.tell, name="team-progress"),
    path("to/<int:team>/chi-tieu/<int:target>/", team_targets.ask, name="target-ask"),
]

# Báo cáo
urlpatterns += [
    path("bao-cao/", report_calls.listed, name="reports"),
    path("bao-cao/yeu-cau/", report_calls.ask, name="report-ask"),
    path("bao-cao/dinh-ky/", report_calls.rule, name="report-rule"),
    path("bao-cao/dinh-ky/thoi/", report_calls.end_rule, name="report-rule-end"),
    path("bao-cao/chi-so/", report_calls.indicators, name="report-indicators"),
    path("bao-cao/chi-so/<int:indicator>/", indicators.edit, name="report-indicator"),
    path("bao-cao/ky/<int:call>/", report_calls.show, name="report-call"),
    path("bao-cao/ky/<int:call>/nhac/", report_calls.remind, name="report-remind"),
    path("bao-cao/ky/<int:call>/van-ban/", report_calls.scan, name="report-request"),
    path("bao-cao/ky/<int:call>/len-cap-tren/", report_upward.begin, name="report-upward"),
    path("bao-cao/quy/<int:year>/<int:quarter>/", report_calls.quarter, name="report-quarter"),
    path(
        "bao-cao/quy/<int:year>/<int:quarter>/len-cap-tren/",
        report_upward.begin_quarter,
        name="report-quarter-upward",
    ),
    path("bao-cao/<int:report>/", reports.show, name="report"),
    path("bao-cao/<int:report>/khong-phat-sinh/", reports.nothing, name="report-none"),
    path("bao-cao/<int:report>/ghi-nhan/", reports.accept, name="report-accept"),
    path("bao-cao/<int:report>/viec/<slug:name>/", reports.act, name="report-act"),
    path("bao-cao/<int:report>/nhap-ho/", reports.enter, name="report-enter"),
    path("bao-cao/<int:report>/tep/<slug:digest>/", reports.file, name="report-file"),
    path("bao-cao/<int:report>/ban-in/", team_papers.report, name="report-print"),
    path("ho-so/<int:dossier>/bao-cao/", report_upward.edit, name="dossier-report"),
]

# What a specialist begins: announcements, registrations for training, commendations.
urlpatterns += [
    path("to-truong-hoc/", schools.listed, name="schools"),
    path("to-truong-hoc/ghi/", schools.note, name="school-note"),
    path("to-truong-hoc/<int:team>/thoi/", schools.end, name="school-end"),
    path("to-truong-hoc/<int:team>/van-ban/", schools.scan, name="school-scan"),
    path("soan-van-ban/", drafted.board, name="drafting"),
    path("ho-so/<int:pk>/noi-dung/", drafted.write, name="dossier-write"),
    path("to/<int:team>/de-xuat-khen/", commending.put_forward, name="merit"),
    path("de-xuat-khen/<int:merit>/", commending.told, name="merit-told"),
    path("ho-so/<int:pk>/tap-huan/", training.results, name="dossier-training"),
]

# The registers of documents.
urlpatterns += [
    path("so-van-ban/", registers.outgoing, name="registers"),
    path("so-van-ban/den/", registers.incoming, name="incoming"),
    path("so-van-ban/<int:issuer>/", registers.outgoing, name="register"),
    path("so-van-ban/<int:issuer>/<int:year>/so.pdf", registers.printed, name="register-book"),
    path(
        "so-van-ban/<int:issuer>/cac-so/<int:series>/", registers.numbers, name="register-numbers"
    ),
    path("ho-so/<int:pk>/kiem-tra.zip", bundles.exported, name="dossier-export"),
]

# Signed with one's own tool, or issued in the office's own system.
urlpatterns += [
    path("ho-so/<int:case>/ky-rieng/", outside.sign, name="dossier-sign-outside"),
    path("ho-so/<int:case>/ky-rieng/ban-trinh-ky.pdf", outside.prepared, name="dossier-prepared"),
    path("ho-so/<int:case>/dong-dau-rieng/", outside.seal, name="dossier-seal-outside"),
    path("chung-thu/", outside.known, name="certificates"),
    path("ban-hanh-ngoai/", elsewhere.listed, name="elsewhere"),
    path("ban-hanh-ngoai/du-thao.zip", elsewhere.archive, name="elsewhere-drafts"),
    path("ban-hanh-ngoai/ghi-nhan/", elsewhere.confirm, name="elsewhere-confirm"),
    path("ho-so/<int:case>/ban-hanh-ngoai/", elsewhere.upload, name="dossier-elsewhere"),
    path(
        "ho-so/<int:case>/ban-hanh-ngoai/<int:signer>/du-thao.pdf",
        elsewhere.draft,
        name="dossier-elsewhere-draft",
    ),
    path(
        "ho-so/<int:case>/ban-hanh-ngoai/<slug:digest>/",
        elsewhere.check,
        name="dossier-elsewhere-check",
    ),
    path(
        "ho-so/<int:case>/ban-hanh-ngoai/<slug:digest>/ban-tai-len.pdf",
        elsewhere.file,
        name="dossier-elsewhere-file",
    ),
]

# Sao văn bản.
urlpatterns += [
    path("ban-sao/", copying.listed, name="copies"),
    path("ban-sao/moi/<int:document>/", copying.begin, name="copy-begin"),
    path("ban-sao/<int:copy>/", copying.show, name="copy"),
    path("ban-sao/<int:copy>/cho-sao/", copying.allow, name="copy-allow"),
    path("ban-sao/<int:copy>/ghi-nhan/", copying.record, name="copy-record"),
    path("ban-sao/<int:copy>/dong-dau/", copying.seal, name="copy-seal"),
    path("ban-sao/<int:copy>/viec/<slug:name>/", copying.act, name="copy-act"),
    path("ban-sao/<int:copy>/tai/", copy_files.file, name="copy-file"),
    path("ban-sao/<int:copy>/in/<int:signer>/", copy_files.printout, name="copy-print"),
    path("ban-sao/<int:copy>/trang/<int:number>.png", copy_files.picture, name="copy-picture"),
]
