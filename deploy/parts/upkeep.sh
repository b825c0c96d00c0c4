# shellcheck shell=bash
# What keeps a server well for years: updates, logs that end somewhere, the right time, and memory to spare.

upgrades_conf=/etc/apt/apt.conf.d/52heatloop-upgrades
journald_conf=/etc/systemd/journald.conf.d/heatloop.conf
swap_file=/var/lib/heatloop/swap
swap_unit=/etc/systemd/system/var-lib-heatloop-swap.swap
swap_mb=2048

upkeep_install() {
  packages unattended-upgrades
  place "$upgrades_conf" 644 root:root <<'END' || true
// Written by deploy/install.sh. What is installed by itself is what the distribution's own file beside this one says: security.
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
APT::Periodic::AutocleanInterval "7";
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-Time "03:00";
END
  if place "$journald_conf" 644 root:root <<'END'; then change "let the journal take 500 MB at most" systemctl restart systemd-journald; fi
# Written by deploy/install.sh.
[Journal]
SystemMaxUse=500M
MaxRetentionSec=3month
END
  time_install
  swap_install
}

# One of those that a distribution may have; a container has its host's time.
time_program() {
  local unit
  for unit in chrony chronyd ntpsec ntp systemd-timesyncd; do
    if systemctl is-enabled -q "$unit" 2>/dev/null; then echo "$unit"; return 0; fi
  done
  return 1
}

time_install() {
  time_program >/dev/null && return 0
  packages systemd-timesyncd
  if ! time_program >/dev/null; then change "set the clock over the network" systemctl enable -q --now systemd-timesyncd; fi
}

# Only where there is none, and where the machine has memory of its own.
needs_swap() {
  ! systemd-detect-virt -cq && [ -z "$(swapon --show --noheadings | grep -vF "$swap_file" || true)" ]
}

swap_install() {
  needs_swap || return 0
  if [ ! -e "$swap_file" ]; then change "make $swap_mb MB of swap in $swap_file" make_swap_file; fi
  place "$swap_unit" 644 root:root <<END || true
[Unit]
Description=Memory to spare

[Swap]
What=$swap_file

[Install]
WantedBy=swap.target
END
  if ! swapon --show=NAME --noheadings | grep -qxF "$swap_file"; then change "use it" start_swap; fi
}

# Written in full: the kernel refuses a file with holes.
make_swap_file() {
  install -d -m 755 "$(dirname "$swap_file")"
  rm -f "$swap_file.new"
  (umask 077 && dd if=/dev/zero of="$swap_file.new" bs=1M count="$swap_mb" status=none)
  mkswap -q "$swap_file.new"
  mv "$swap_file.new" "$swap_file"
}

start_swap() { systemctl daemon-reload && systemctl enable -q --now "$(basename "$swap_unit")"; }

upkeep_check() {
  checked "security updates are installed by themselves" updates_itself
  checked "the journal has a limit" systemd-analyze cat-config systemd/journald.conf.d/heatloop.conf
  checked "the clock is set over the network" time_program
  if needs_swap; then checked "there is swap" swapon --show=NAME --noheadings; fi
}

updates_itself() {
  local settings
  settings="$(apt-config dump)"
  grep -qxF 'APT::Periodic::Unattended-Upgrade "1";' <<<"$settings" && systemctl is-enabled -q apt-daily-upgrade.timer
}

upkeep_uninstall() {
  take_away "$upgrades_conf"
  if [ -e "$journald_conf" ] && is_placed "$journald_conf"; then
    take_away "$journald_conf"
    change "let the journal be as before" systemctl restart systemd-journald
  fi
  if [ -e "$swap_unit" ]; then
    change "give the swap back" systemctl disable -q --now "$(basename "$swap_unit")"
    take_away "$swap_unit"
    rm -f "$swap_file" "$swap_file.new"
    systemctl daemon-reload
  fi
}
