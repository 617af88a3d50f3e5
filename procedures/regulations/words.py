"""What a regulation rules, in the words of the people who read it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .model import Force

LEVELS: dict[str, Promise] = {
    "hamlet": _("Tổ thôn, bản, khu phố"),
    "commune": _("Tổ cấp xã, phường"),
}
# In the order in which people ask.
KEYS: dict[str, Promise] = {
    "authority": _("Ai ra quyết định thành lập"),
    "teams_per_place": _("Mỗi nơi bao nhiêu tổ"),
    "coverage": _("Nơi nào phải có tổ"),
    "teams_percent": _("Tỷ lệ xã, phường có tổ (%)"),
    "min_members": _("Ít nhất bao nhiêu thành viên"),
    "max_members": _("Nhiều nhất bao nhiêu thành viên"),
    "target_low": _("Nên duy trì từ"),
    "target_high": _("Nên duy trì đến"),
    "overflow": _("Khi đông hơn số tối đa"),
    "leader": _("Ai làm Tổ trưởng"),
    "min_deputies": _("Ít nhất bao nhiêu Tổ phó"),
    "max_deputies": _("Nhiều nhất bao nhiêu Tổ phó"),
    "deputy_from": _("Tổ phó là ai"),
    "organisations": _("Các đoàn thể có người trong tổ"),
    "youth": _("Đoàn Thanh niên tham gia"),
    "priority": _("Ưu tiên chọn ai"),
    "residence": _("Thành viên là người ở đâu"),
    "overlap": _("Thành viên tổ cấp xã"),
    "join": _("Kết nạp"),
    "leave": _("Xin thôi"),
    "school_team": _("Tổ trong trường học"),
    "reporting": _("Báo cáo"),
    "shops_percent": _("Hộ có cửa hàng số và tài khoản thanh toán (%)"),
    "ocop_percent": _("Sản phẩm OCOP lên sàn (%)"),
    "training": _("Đăng ký tập huấn"),
    "public_notice": _("Thông báo cho người dân"),
    "zalo_name": _("Tên nhóm Zalo"),
    "zalo_members": _("Nhóm Zalo gồm ai"),
}
VALUES: dict[str, Promise] = {
    "hamlet_head": _("Trưởng thôn, bản, tổ dân phố"),
    "youth_secretary": _("Bí thư Đoàn Thanh niên"),
    "collaborators": _("có thể lập nhóm cộng tác viên"),
    "chairman": _("Chủ tịch UBND cấp xã"),
    "committee": _("UBND cấp xã"),
    "every": _("tất cả các thôn, bản, khu phố"),
    "optional": _("tùy đặc thù của nơi ấy"),
    "youth_cell": _("đại diện Chi đoàn thanh niên"),
    "works_here": _("người đang công tác trên địa bàn"),
    "front_youth_women": _("Mặt trận, Đoàn Thanh niên, Hội Phụ nữ"),
    "youth_women": _("Chi đoàn, Hội Phụ nữ, tình nguyện viên"),
    "youth_women_firms": _("Chi đoàn, Hội Phụ nữ, doanh nghiệp bưu chính, viễn thông"),
    "takes_part": _("nên có Đoàn Thanh niên"),
    "young_it": _("người trẻ, biết công nghệ thông tin"),
    "live_or_work": _("đang sinh sống hoặc công tác trên địa bàn"),
    "join_hamlet_teams": _("đồng thời tham gia tổ cấp bản"),
    "leader_introduces": _("Tổ trưởng giới thiệu, Chủ tịch đồng ý"),
    "leader_proposes": _("Tổ trưởng đề xuất, Chủ tịch chấp thuận"),
    "each_school": _("mỗi cơ sở giáo dục một tổ"),
    "regular": _("thường xuyên, định kỳ"),
    "periodic": _("định kỳ và đột xuất, lên tổ cấp xã"),
    "month_or_quarter": _("hằng tháng hoặc hằng quý, lên UBND cấp xã"),
    "monthly_25": _("ngày 25 hằng tháng"),
    "once": _("một lần, theo thời hạn ghi trong văn bản"),
    "leaders_register": _("Tổ trưởng hoặc Tổ phó"),
    "tell_people": _("thông báo hoạt động của tổ cho người dân"),
    "CNCĐ": _("CNCĐ_<Thôn>_<Xã>"),
    "CNS": _("CNS_<Thôn>_<Xã>, viết liền, không dấu"),
    "members": _("thành viên của tổ; mời Tổ trưởng tổ cấp xã"),
    "leaders": _("thành viên tổ cấp xã, Tổ trưởng, Tổ phó tổ bản"),
    "households": _("tất cả hộ gia đình trong thôn, bản, tổ dân phố"),
    "team_and_people": _("thành viên của tổ và người dân"),
    "team_and_committee": _("Ban Chỉ đạo cấp xã và các tổ"),
}
FORCES: dict[str, Promise] = {
    Force.MUST: _("Bắt buộc"),
    Force.READING: _("Cách hiểu"),
    Force.ADVICE: _("Khuyến nghị"),
}


def value(said: int | str) -> str:
    """A value as people read it: a count as it is, a code in words."""
    return str(said) if isinstance(said, int) else str(VALUES.get(said, said))


def unruled() -> str:
    return _t("không quy định")
