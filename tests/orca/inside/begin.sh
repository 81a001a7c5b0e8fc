#!/bin/sh
# Buses, a window manager and the screen reader, until they are ended together. Runs in a root of its own, or right here.
# Asks for: PLACE, a folder for what is written and the buses' addresses; DISPLAY; INSIDE, the folder of this file.
set -u
export HOME="$PLACE/home" XDG_RUNTIME_DIR="$PLACE/run" XDG_CONFIG_HOME="$PLACE/home/.config" LANG=C.UTF-8
export XDG_DATA_HOME="$PLACE/home/.local/share" DBUS_SESSION_BUS_ADDRESS="unix:path=$PLACE/run/bus" GDK_BACKEND=x11
export PYTHONDONTWRITEBYTECODE=1
unset WAYLAND_DISPLAY
mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
dbus-daemon --session --address="$DBUS_SESSION_BUS_ADDRESS" --nofork --nopidfile >"$PLACE/bus.log" 2>&1 &
until [ -S "$PLACE/run/bus" ]; do sleep 0.1; done
openbox >"$PLACE/openbox.log" 2>&1 &
for property in IsEnabled ScreenReaderEnabled; do
  dbus-send --session --dest=org.a11y.Bus --print-reply /org/a11y/bus org.freedesktop.DBus.Properties.Set \
    string:org.a11y.Status string:$property variant:boolean:true >>"$PLACE/bus.log" 2>&1
done
# Its own log makes Orca several times slower, and changes what it remembers: only where somebody asks.
exec /usr/bin/python3 "$INSIDE/orca_unheard.py" ${ORCA_DEBUG:+--debug-file="$PLACE/orca.debug"} >"$PLACE/orca.log" 2>&1
