#!/usr/bin/env bash
# Proves a Debian package in a clean system: installed with apt, tested, started on a screen,
# upgraded over an older version, removed and purged; the author's book must outlive all of it.
#
#   sudo packaging/linux/verify_deb.sh PACKAGE.deb OUT [OLDER.deb]
#
# Needs root, debootstrap, Xvfb, xwininfo (x11-utils) and import (imagemagick). Without OLDER.deb
# the package itself is taken, with a lower version number. Pictures and reports go to OUT.
# SUITE (bookworm) and MIRROR choose the system; ROOT keeps it for the next time.
set -euo pipefail

package=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
older=${3:-}
suite=${SUITE:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
scratch=$(mktemp -d)
base=${ROOT:-$scratch/base}
system=$scratch/system
screen=:${SCREEN_NUMBER:-97}
processes=()

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

cleanup() {
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

window() { DISPLAY=$screen xwininfo -root -tree 2>/dev/null | grep -m1 '"Arboris Desktop\|Arboris Desktop"'; }
wait_for_window() {
  for _ in $(seq 300); do
    if [ -n "$(window)" ]; then return; fi
    kill -0 "$1" 2>/dev/null || fail "the program ended before its window showed"
    sleep 0.1
  done
  fail "no window within 30 seconds"
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

say "every library is found"
# As the program's bootloader does, look into its own folder first.
missing=$(inside sh -c 'cd /usr/lib/arboris-desktop/_internal &&
  find . -name "*.so*" -type f -exec env LD_LIBRARY_PATH="$PWD" ldd {} + 2>/dev/null' \
  | grep 'not found' || true)
[ -z "$missing" ] || fail "$missing"

say "the author begins a book and writes a chapter"
book=$(author arboris-desktop new '归潮 with spaces' --premise 'A harbour clerk finds a missing tide.')
author arboris-desktop write "$book" --chapter 1 >"$out/chapter.txt"
author arboris-desktop export "$book" --format md --out /home/author/before.md

say "upgrading"
bring "$package" newer.deb
apt install --no-install-recommends /tmp/newer.deb
version=$(inside dpkg-query -W -f '${Version}' arboris-desktop)
[ "$version" = "$(dpkg-deb -f "$package" Version)" ] || fail "version $version is installed"
author arboris-desktop export "$book" --format md --out /home/author/after.md
inside cmp /home/author/before.md /home/author/after.md || fail "the upgrade changed the book"
author arboris-desktop status "$book" --json | grep -q '"pending": 1' || fail "the task is gone"

say "self-test in the package"
author arboris-desktop --self-test >"$out/self-test.json" 2>"$out/self-test.log" \
  || fail "self-test: $(cat "$out/self-test.json")"

say "on a screen"
apt install --no-install-recommends fonts-noto-cjk
Xvfb "$screen" -screen 0 1440x900x24 >"$out/xvfb.log" 2>&1 &
processes+=($!)
for _ in $(seq 100); do DISPLAY=$screen xwininfo -root >/dev/null 2>&1 && break; sleep 0.1; done
author_shown=(chroot --userspec=author "$system" env -i HOME=/home/author PATH=/usr/bin:/bin
  LANG=C.UTF-8 DISPLAY="$screen" arboris-desktop)
"${author_shown[@]}" 2>"$out/window.log" &
processes+=($!)
wait_for_window "$!"
sleep 3 # it paints, and loads the list of novels
DISPLAY=$screen import -window root "$out/window.png"
# A second start raises the first window and ends at once.
timeout 20 "${author_shown[@]}" || fail "the second start did not end with 0"
kill "${processes[1]}" && wait "${processes[1]}" || true

gone() {
  local left
  left=$(inside find /usr /etc /var/lib -name '*arboris*' ! -path '/var/lib/apt/*')
  [ -z "$left" ] || fail "left behind: $left"
  [ -s "$system/home/author/.local/share/Arboris Desktop/arboris.db" ] || fail "the data is gone"
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
author arboris-desktop export "$book" --format md --out /home/author/again.md
inside cmp /home/author/before.md /home/author/again.md || fail "the book changed"
author arboris-desktop doctor | tee "$out/doctor.txt"
say "all of it holds; pictures and reports are in $out"
