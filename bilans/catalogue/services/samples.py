"""Fill a new installation: our own small catalogue, or a folder of official documents."""

from pathlib import Path

from bilans.catalogue.models import QualificationVersion
from bilans.catalogue.services.importing import Imported, import_document

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def load_sample() -> list[QualificationVersion]:
    """Publish the qualifications this project ships in its own words.

    Done again it changes nothing. Returns the versions in the order of their files.
    """
    found = []
    for path in sorted(SAMPLES.glob("*.yaml")):
        done = import_document(data=path.read_bytes(), filename=path.name, publish=True)
        if done.version is None:
            raise RuntimeError(f"{path.name}: {done.verdict}")
        found.append(done.version)
    return found


def import_folder(folder: Path) -> list[Imported]:
    """Import and publish every text of a folder, taking the proposed names as they are.

    For the sample office; whoever keeps a real catalogue answers each question with
    ``import_catalogue --set``. Files of kinds not readable yet are in the answer too.
    """
    paths = sorted(
        path for path in folder.iterdir() if path.suffix in {".txt", ".md", ".yaml", ".json"}
    )
    return [
        import_document(
            data=path.read_bytes(), filename=path.name, accept=("title-missing",), publish=True
        )
        for path in paths
        if path.is_file()
    ]
