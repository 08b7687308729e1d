"""What the project promises about its own files."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

# Put together here, so that this file does not name them either.
INDEX_HOSTS = tuple(
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"))
)
LOCKS = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json"}


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[Path]:
    if not (root / ".git").exists():
        pytest.skip("not a git work tree: there is no list of tracked files.")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True).stdout
    return [root / name for name in listing.split("\0") if name and (root / name).is_file()]


def test_no_tracked_file_names_a_package_index(tracked):
    hosts = [host.encode() for host in INDEX_HOSTS]
    assert [path for path in tracked if any(host in path.read_bytes() for host in hosts)] == []


def test_no_lock_file_is_tracked(tracked):
    assert [path for path in tracked if path.name in LOCKS] == []


def test_every_requirement_is_pinned_with_a_hash(root):
    for name in ("requirements.txt", "requirements-dev.txt"):
        logical = (root / name).read_text().replace("\\\n", " ").splitlines()
        pins = [line for line in logical if line and not line.lstrip().startswith("#")]
        assert pins
        assert [line for line in pins if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_tests_run_on_the_versions_the_desk_runs_on(root):
    def pins(name: str) -> set[str]:
        lines = (root / name).read_text().splitlines()
        return {line.split()[0] for line in lines if line[:1].isalnum()}

    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()


def test_the_rules_import_only_the_standard_library_and_transitions(root):
    allowed = sys.stdlib_module_names | {"transitions", "workflow"}
    for path in (root / "workflow").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            assert {name.split(".")[0] for name in names} <= allowed, path
