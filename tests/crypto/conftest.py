import pytest

from tests.crypto.fixed import put_master


@pytest.fixture
def keys_folder(settings, tmp_path):
    """A keys folder with one known master key, and an empty folder for files."""
    settings.BILANS_KEYS = tmp_path / "keys"
    settings.BILANS_FILES = tmp_path / "files"
    put_master(settings.BILANS_KEYS)
    return settings.BILANS_KEYS
