#!/usr/bin/env bash
# Makes a Debian package of an older commit with the packaging of the present one, so that
# verify_deb.sh can prove the upgrade over a database as that commit wrote it:
#
#   packaging/linux/older_deb.sh COMMIT OUT [PYTHON]
#
# The commit need not have had any packaging. Its package is called 0.0.1, which is older than
# every release. PYTHON is that of the virtual environment (.venv/bin/python).
set -euo pipefail

root=$(realpath "$(dirname "$0")/../..")
mkdir -p "$2"
out=$(realpath "$2")
python=${3:-$root/.venv/bin/python}
tree=$(mktemp -d)
cleanup() { git -C "$root" worktree remove --force "$tree"; }

git -C "$root" worktree add --quiet --detach "$tree" "$1"
trap cleanup EXIT
rm -rf "$tree/packaging"
cp -r "$root/packaging" "$tree/packaging"
for source in "$tree"/resources/translations/*.ts; do
  "$(dirname "$python")/pyside6-lrelease" -silent "$source" -qm "${source%.ts}.qm"
done
export PYTHONPATH=$tree QT_QPA_PLATFORM=offscreen
cd "$tree"
"$python" packaging/build.py --dist "$out" --work "$tree/build" --version 0.0.1
printf 'heads of its schema:\n'
ls arboris_desktop/storage/migrations/versions
