"""The codes of procedures that others ask about by name. Stored on records: never rename one."""

JOIN_TEAM, LEAVE_TEAM, REMOVE_MEMBER = "join_team", "leave_team", "remove_member"
# Requests about one member, on the way to the Chairman's consent.
MEMBER_REQUESTS = (JOIN_TEAM, LEAVE_TEAM, REMOVE_MEMBER)
# The decision that gathers them.
CHANGE_MEMBERS = "change_members"
# Procedures whose decisions name people in their articles, with no list of a whole team.
NAMING = ("appoint_leader", CHANGE_MEMBERS)
