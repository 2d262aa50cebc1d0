#!/usr/bin/env bash
# Proves a Debian package in a clean system: installed with apt, upgraded over an older version,
# tested, started on a bare screen and from the menu of a desktop, removed and purged; the
# author's book must outlive all of it.
#
#   sudo packaging/linux/verify_deb.sh PACKAGE.deb OUT [OLDER.deb]
#
# OLDER.deb is the last release, or what older_deb.sh made of an old commit. Without it the package
# itself is taken, with a lower version number: then no migration is proved. Pictures and reports
# go to OUT. Needs root, debootstrap, Xvfb, x11-utils, xdotool, imagemagick and python3.
# SUITE (bookworm) and MIRROR choose the system; ROOT keeps it for the next time.
set -euo pipefail
here=$(realpath "$(dirname "$0")")

package=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
older=${3:-}
suite=${SUITE:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
scratch=$(mktemp -d)
base=${ROOT:-$scratch/base}
system=$scratch/system
data="$system/home/author/.local/share/Arboris Desktop"
screen=:${SCREEN_NUMBER:-97}
processes=()

# shellcheck source=packaging/linux/on_screen.sh
. "$here/on_screen.sh"

say() { printf '\n== %s\n' "$*"; }
fail() {
  printf 'FAILED: %s\n' "$*" >&2
  on_screen import -window root "$out/failed.png" || true
  exit 1
}

cleanup() {
  # What was started from the menu is nobody's child.
  for process in $(programs); do kill "$process" 2>/dev/null || true; done
  for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  mountpoint -q "$system/proc" && umount "$system/proc"
  rm -rf --one-file-system "$scratch"
}
trap cleanup EXIT

inside() { chroot "$system" "$@"; }
# As the author, with nothing of our environment.
author() {
  chroot --userspec=author "$system" env -i HOME=/home/author PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"
}
apt() { inside env DEBIAN_FRONTEND=noninteractive apt-get -qq --yes "$@" >>"$out/apt.log" 2>&1; }
bring() { cp "$1" "$system/tmp/$2"; }

make_older() {
  local tree=$scratch/older
  dpkg-deb -R "$package" "$tree"
  sed -i 's/^Version: .*/Version: 0.0.1/' "$tree/DEBIAN/control"
  dpkg-deb --root-owner-group -Znone --build "$tree" "$1" >/dev/null
  rm -rf "$tree"
}

# The schema of a database, read from a copy: whoever opens the file itself leaves files beside it.
schema() {
  rm -f "$scratch"/copy.db*
  for part in '' -wal; do
    [ ! -f "$1$part" ] || cp "$1$part" "$scratch/copy.db$part"
  done
  python3 -c 'import sqlite3, sys
print(*sqlite3.connect(sys.argv[1]).execute("SELECT version_num FROM alembic_version").fetchone())' \
    "$scratch/copy.db"
}

# Whether a text file of a book has the chapter as it was streamed, white space aside.
holds_chapter() {
  python3 -c 'import pathlib, sys
chapter, book = ("".join(pathlib.Path(name).read_text("utf-8").split()) for name in sys.argv[1:])
sys.exit(not chapter or chapter not in book)' "$@"
}

# After an upgrade to another schema there is a copy of the database as the older version left it.
check_migration() {
  local new_schema kept
  new_schema=$(schema "$data/arboris.db")
  printf 'schema %s, before %s\n' "$new_schema" "$old_schema"
  [ "$new_schema" != "$old_schema" ] || return 0
  kept=$(find "$data/backups" -name "*before-$new_schema*.db")
  [ -n "$kept" ] || fail "no copy was made before the schema was changed"
  [ "$(schema "$kept")" = "$old_schema" ] || fail "the copy has another schema"
  author arboris-desktop doctor --list-backups | tee "$out/backups.txt"
  grep -q "${kept##*/}.* 1 novels, 1 chapters" "$out/backups.txt" || fail "the copy lacks the book"
}

say "a clean $suite"
[ -x "$base/bin/sh" ] || debootstrap --variant=minbase "$suite" "$base" "$mirror" >"$out/debootstrap.log"
cp -a "$base" "$system"
mount -t proc proc "$system/proc"
inside useradd --create-home author
apt update

say "installing the older version"
[ -n "$older" ] || { older=$scratch/older.deb; make_older "$older"; }
bring "$older" older.deb
apt install --no-install-recommends /tmp/older.deb
inside dpkg-query -W -f '${Package} ${Version}\n' arboris-desktop

say "the author begins a book and writes a chapter"
book=$(author arboris-desktop new '归潮 with spaces' --premise 'A harbour clerk finds a missing tide.')
author arboris-desktop write "$book" --chapter 1 >"$out/chapter.txt"
old_schema=$(schema "$data/arboris.db")

say "upgrading"
bring "$package" newer.deb
apt install --no-install-recommends /tmp/newer.deb
version=$(inside dpkg-query -W -f '${Version}' arboris-desktop)
[ "$version" = "$(dpkg-deb -f "$package" Version)" ] || fail "version $version is installed"
author arboris-desktop export "$book" --format txt --out /home/author/before.txt
holds_chapter "$out/chapter.txt" "$system/home/author/before.txt" || fail "the upgrade changed the book"
[[ $(author arboris-desktop status "$book" --json) == *'"pending": 1'* ]] || fail "the task is gone"
check_migration

say "every library is found"
# As the program's bootloader does, look into its own folder first.
missing=$(inside sh -c 'cd /usr/lib/arboris-desktop/_internal &&
  find . -name "*.so*" -type f -exec env LD_LIBRARY_PATH="$PWD" ldd {} + 2>/dev/null' \
  | grep 'not found' || true)
[ -z "$missing" ] || fail "$missing"

say "self-test in the package"
author arboris-desktop --self-test >"$out/self-test.json" 2>"$out/self-test.log" \
  || fail "self-test: $(cat "$out/self-test.json")"

say "on a bare screen: no window manager, no bus, nothing but the package and its dependencies"
start_screen
author DISPLAY="$screen" arboris-desktop 2>"$out/window.log" &
processes+=($!)
await 30 "no window" window_id
picture window-bare.png
quit_program

say "from the menu of a desktop"
start_desktop
from_menu
await 30 "no window" window_id
known_to_the_desktop
picture window-menu.png
put_question_off
first=$(on_screen xdotool getwindowpid "$(window_id)")
cover_window
picture window-covered.png
from_menu
await 20 "a second start did not bring the window forward" is_on_top
await 20 "the second start did not end" is_alone "$first"
picture window-raised.png

say "a novel's file, opened from the desktop"
novel='/home/author/归潮 with spaces.arboris'
author arboris-desktop export "$book" --format arboris --out "$novel"
knows_file_type "$novel"
in_session gio open "$novel"
await 20 "the file is not offered for import" is_active_window 'Import as a new novel?'
await 20 "the start that brought the file did not end" is_alone "$first"
picture window-novel.png
DISPLAY=$screen xdotool key Escape
await 20 "the question does not go" is_active
quit_program

gone() {
  local left
  left=$(inside find /usr /etc /var/lib -name '*arboris*' ! -path '/var/lib/apt/*')
  [ -z "$left" ] || fail "left behind: $left"
  [ -s "$data/arboris.db" ] || fail "the data is gone"
}

say "removing"
apt remove arboris-desktop
gone
say "installing again, and purging"
apt install --no-install-recommends /tmp/newer.deb
apt purge arboris-desktop
gone

say "installed again, the book is still there"
apt install --no-install-recommends /tmp/newer.deb
author arboris-desktop export "$book" --format txt --out /home/author/again.txt
inside cmp /home/author/before.txt /home/author/again.txt || fail "the book changed"
author arboris-desktop doctor | tee "$out/doctor.txt"
say "all of it holds; pictures and reports are in $out"
