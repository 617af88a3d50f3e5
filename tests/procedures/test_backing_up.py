"""What is no backup is said to be none, before anything is written."""

import pytest
from django.core.management import CommandError, call_command


def test_a_folder_without_a_database_restores_nothing(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "office"
    with pytest.raises(CommandError, match="không có gì để khôi phục"):
        call_command("restore", str(tmp_path))
    assert list(tmp_path.iterdir()) == []
