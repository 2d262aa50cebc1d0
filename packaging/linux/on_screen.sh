# shellcheck shell=bash disable=SC2154
# What verify_deb.sh sees of the program on a screen. Sourced by it; needs $screen, $out, $system,
# `fail`, and `processes`, whose members are ended at the end.

# Repeats a command each 0.2 s until it succeeds: `await 30 "no window" window_id`.
await() {
  local seconds=$1 what=$2 tries
  shift 2
  for ((tries = seconds * 5; tries > 0; tries--)); do
    if "$@" >/dev/null; then return; fi
    sleep 0.2
  done
  fail "$what within $seconds seconds"
}

start_screen() {
  Xvfb "$screen" -noreset -screen 0 1440x900x24 -nolisten tcp >"$out/xvfb.log" 2>&1 &
  processes+=($!)
  await 20 "no X server" on_screen xwininfo -root
}

on_screen() { DISPLAY=$screen "$@" 2>/dev/null; }

# The main window is known by its class and its size: dialogs and the tray's icon are smaller.
window_id() {
  local id
  for id in $(on_screen xdotool search --onlyvisible --class '^Arboris Desktop$'); do
    if [ "$(on_screen xdotool getwindowgeometry --shell "$id" | sed -n 's/^WIDTH=//p')" -gt 700 ]
    then
      echo "$id"
      return
    fi
  done
  return 1
}

no_window() { ! window_id; }

property() { on_screen xprop -id "$(window_id)" "$@"; }

# A picture of the screen, taken when the window has content and two looks at it are the same.
picture() {
  rm -f "$scratch"/look-*.png
  await 30 "no picture of the window at rest" at_rest
  cp "$scratch/look-2.png" "$out/$1"
}

at_rest() {
  [ ! -f "$scratch/look-2.png" ] || mv "$scratch/look-2.png" "$scratch/look-1.png"
  on_screen import -window root "$scratch/look-2.png"
  [ -f "$scratch/look-1.png" ] || return 1
  [ "$(identify -format '%#' "$scratch/look-1.png")" = "$(identify -format '%#' "$scratch/look-2.png")" ] \
    && [ "$(on_screen import -window "$(window_id)" png:- | identify -format '%k' -)" -gt 50 ]
}

# The window is that of the installed menu entry: a dock knows it and shows its icon.
known_to_the_desktop() {
  local class wanted
  wanted=$(sed -n 's/^StartupWMClass=//p' "$system/usr/share/applications/arboris-desktop.desktop")
  class=$(property WM_CLASS | sed 's/.*, "\(.*\)"/\1/')
  [ "$class" = "$wanted" ] || fail "the window's class is $class, the menu entry says $wanted"
  property _NET_WM_ICON >"$out/icon.txt"
  grep -q 'Icon (' "$out/icon.txt" || fail "the window has no icon"
  printf 'class %s, icons of%s pixels\n' "$class" \
    "$(sed -n 's/.*Icon (\([0-9]*\) x .*/ \1/p' "$out/icon.txt" | tr -d '\n')"
}

# The processes of the program in the clean system, its model's server aside.
programs() {
  local id
  for id in $(pgrep --exact arboris-desktop); do
    if [ "$(readlink "/proc/$id/root")" = "$system" ] && ! grep -qa builtin-server "/proc/$id/cmdline"
    then
      echo "$id"
    fi
  done
}

is_alone() { [ "$(programs)" = "$1" ]; }

# A desktop's parts: a bus for the session, what reads menu entries and file types, and a window
# manager, which may be that of the machine outside.
start_desktop() {
  apt install --no-install-recommends \
    dbus-daemon desktop-file-utils fonts-noto-cjk libglib2.0-bin shared-mime-info
  author dbus-daemon --session --nofork --nopidfile --address=unix:path=/tmp/session-bus \
    2>"$out/bus.log" &
  processes+=($!)
  DISPLAY=$screen openbox --sm-disable 2>"$out/openbox.log" &
  processes+=($!)
  await 20 "no window manager" on_screen xprop -root _NET_SUPPORTING_WM_CHECK
  await 20 "no bus" test -S "$system/tmp/session-bus"
}

in_session() {
  author DISPLAY="$screen" DBUS_SESSION_BUS_ADDRESS=unix:path=/tmp/session-bus "$@"
}

# What a desktop does when its menu entry is chosen.
from_menu() { in_session gio launch /usr/share/applications/arboris-desktop.desktop; }

# The desktop knows what the file is, and with what it is opened.
knows_file_type() {
  local type
  type=$(in_session gio info --attributes=standard::content-type "$1" | sed -n 's/.*content-type: //p')
  [ "$type" = application/vnd.arboris.novel ] || fail "the desktop takes the file for $type"
  # Not `grep -q`: it would leave before gio has said everything, and that counts as a failure.
  [[ $(in_session gio mime "$type") == *arboris-desktop.desktop* ]] || fail "nothing opens $type"
}

quit_program() {
  kill "$(on_screen xdotool getwindowpid "$(window_id)")"
  await 20 "the program did not end" no_window
}

# The question of the first start stands before the window: it is put off.
put_question_off() {
  await 20 "the first start asks nothing" is_active_window 'Welcome to Arboris Desktop'
  DISPLAY=$screen xdotool key Escape
  await 20 "the question does not go" is_active
}

is_active_window() { [ "$(on_screen xdotool getactivewindow getwindowname)" = "$1" ]; }
is_active() { [ "$(on_screen xdotool getactivewindow)" = "$(window_id)" ]; }
is_covered() { ! is_active; }

is_on_top() {
  local top
  top=$(on_screen xprop -root _NET_CLIENT_LIST_STACKING | sed 's/.*[ ,]//')
  [ "$((top))" = "$(window_id)" ] && is_active
}

# Another window over the program's.
cover_window() {
  DISPLAY=$screen xmessage -geometry 1100x700 'another window, in front' &
  processes+=($!)
  await 20 "the other window did not come to the front" is_covered
}
