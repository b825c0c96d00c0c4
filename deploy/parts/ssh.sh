# shellcheck shell=bash
# SSH: keys alone, and whoever guesses passwords or keys is kept out for a while.

sshd_conf=/etc/ssh/sshd_config.d/00-heatloop.conf
fail2ban_conf=/etc/fail2ban/jail.d/heatloop.local

has_sshd() { [ -x /usr/sbin/sshd ]; }

# Before anything is changed: with keys alone and no key there, nobody would get in any more.
check_ssh_keys() {
  [ "$SSH" = keys ] && has_sshd || return 0
  has_ssh_key || mistakes+=("nobody has an SSH key on this server, and without passwords you would lock yourself out: put yours there with ssh-copy-id, or answer SSH=keep")
}

# A line that begins with the key: one with options may let in for a single command alone, such as root's at Oracle.
has_ssh_key() {
  local home
  for home in $(getent passwd | awk -F: '$7 !~ /(nologin|false)$/ { print $6 }' | sort -u); do
    grep -qsE '^(ssh-|ecdsa-|sk-)' "$home"/.ssh/authorized_keys{,2} && return 0
  done
  return 1
}

ssh_install() {
  [ "$SSH" = keys ] && has_sshd || return 0
  # First of its folder: what is set first counts.
  if place "$sshd_conf" 644 root:root <<'END' || ! are_keys_alone_taken; then change "let SSH take keys alone" reload_sshd; fi
# Written by deploy/install.sh.
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
END
  packages fail2ban python3-systemd nftables
  if place "$fail2ban_conf" 644 root:root <<END || ! systemctl is-active -q fail2ban; then change "start fail2ban with it" start_fail2ban; fi
# Written by deploy/install.sh.
[DEFAULT]
banaction = nftables-multiport
banaction_allports = nftables-allports
bantime = 1h
findtime = 10m
maxretry = 5

[sshd]
enabled = true
port = $(ssh_ports)
backend = systemd
END
}

are_keys_alone_taken() {
  local settings
  mkdir -p /run/sshd
  settings="$(sshd -T 2>/dev/null)"
  grep -qx 'passwordauthentication no' <<<"$settings" && grep -qx 'kbdinteractiveauthentication no' <<<"$settings"
}

# Not reloaded where it would not start with it: who is signed in now stays so.
reload_sshd() {
  mkdir -p /run/sshd
  sshd -t || { rm -f "$sshd_conf"; say "SSH's configuration has a mistake of its own, see above; it was left as it was" >&2; exit 1; }
  if systemctl is-active -q ssh; then systemctl reload ssh; fi
  is_dry || are_keys_alone_taken || {
    say "SSH still takes passwords: another file sets it before $sshd_conf is read, see sshd -T" >&2
    exit 1
  }
}

start_fail2ban() {
  systemctl enable -q fail2ban 2>/dev/null
  restart fail2ban
}

ssh_check() {
  [ "$SSH" = keys ] && has_sshd || return 0
  checked "SSH takes keys alone" are_keys_alone_taken
  checked "fail2ban looks after SSH" fail2ban-client status sshd
}

ssh_uninstall() {
  if [ -e "$sshd_conf" ] && is_placed "$sshd_conf"; then
    take_away "$sshd_conf"
    if systemctl is-active -q ssh; then change "let SSH take what it took before" systemctl reload ssh; fi
  fi
  if [ -e "$fail2ban_conf" ] && is_placed "$fail2ban_conf"; then
    take_away "$fail2ban_conf"
    change "stop fail2ban" systemctl disable -q --now fail2ban
  fi
}
