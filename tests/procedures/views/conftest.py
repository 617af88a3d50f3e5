"""Who is signed in, and a draft to work on."""

import pytest

from procedures.flows import establish_team
from procedures.roles import Role


@pytest.fixture
def acting(client, tam_quang):
    """``acting(role)``: the client, signed in as the holder of a post of xã Tam Quang."""

    def sign_in(role, index=0):
        client.force_login(tam_quang(role, index))
        return client

    return sign_in


@pytest.fixture
def draft(tam_quang):
    head = tam_quang(Role.HAMLET_HEAD)
    [post] = establish_team.posts_that_may_start(head)
    return establish_team.draft(head, post)
