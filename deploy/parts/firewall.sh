# shellcheck shell=bash
# What comes in from outside: SSH, HTTPS, the broker with TLS, and ping. In a table of its own, so that rules of others stay as they are.

firewall_rules=/etc/heatloop/firewall.nft
firewall_unit=/etc/systemd/system/heatloop-firewall.service
# The rules that FIREWALL=replace switched off.
other_rules=/etc/heatloop/iptables.before

has_own_firewall() { [ "$FIREWALL" != keep ]; }

firewall_install() {
  has_own_firewall || return 0
  packages nftables
  place "$firewall_rules" 644 root:root < <(firewall_text) || true
  place "$firewall_unit" 644 root:root <<END || true
[Unit]
Description=Lets in SSH, HTTPS and the heat pump's broker alone
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target
DefaultDependencies=no

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f $firewall_rules
ExecReload=/usr/sbin/nft -f $firewall_rules
ExecStop=/usr/sbin/nft delete table inet heatloop

[Install]
WantedBy=sysinit.target
END
  if ! is_firewall_on; then change "switch the firewall on: $(open_ports) alone" start_firewall; fi
  # Last, so that the server is never without one.
  if [ "$FIREWALL" = replace ] && refuses_by_iptables; then
    change "switch off the rules of iptables that refuse what comes in; a copy is in $other_rules" switch_rules_off
  fi
}

refuses_by_iptables() { iptables -S INPUT 2>/dev/null | grep -qE -- '-j (REJECT|DROP)|^-P INPUT DROP'; }

switch_rules_off() {
  (umask 077 && iptables-save >"$other_rules.new")
  mv "$other_rules.new" "$other_rules"
  if systemctl is-enabled -q netfilter-persistent 2>/dev/null; then systemctl disable -q netfilter-persistent; fi
  iptables -P INPUT ACCEPT
  iptables -F INPUT
}

put_rules_back() {
  iptables-restore <"$other_rules"
  rm -f "$other_rules"
  if systemctl cat netfilter-persistent >/dev/null 2>&1; then systemctl enable -q netfilter-persistent; fi
}

# Where SSH is reached now, so that nobody locks themselves out; systemd may listen for it, as on Ubuntu 24.04.
ssh_ports() {
  local ports
  ports="$({
    ss -Hltnp | awk '/"sshd"/ { sub(/.*:/, "", $4); print $4 }'
    if systemctl is-active -q ssh.socket 2>/dev/null; then systemctl show -P Listen ssh.socket | sed -nE 's/.*:([0-9]+) \(Stream\)/\1/p'; fi
  } | sort -un | paste -sd, || true)"
  echo "${ports:-22}"
}

# All that are open, as nft lists them: in their order.
open_ports() { { ssh_ports | tr , '\n'; printf '%s\n' 443 8883; } | sort -un | paste -sd, | sed 's/,/, /g'; }

# The table is put in the place of the one before in one step: no packet meets half of it.
firewall_text() {
  cat <<END
#!/usr/sbin/nft -f
# Written by deploy/install.sh.
table inet heatloop
delete table inet heatloop
table inet heatloop {
  # What letsencrypt-hooks.sh opens for some minutes.
  set for_minutes {
    type inet_service
    flags timeout
  }
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iif "lo" accept
    meta l4proto { icmp, icmpv6 } accept
    udp sport 67 udp dport 68 accept
    udp sport 547 udp dport 546 accept
    tcp dport { $(open_ports) } accept
    tcp dport @for_minutes accept
    meta l4proto tcp reject with tcp reset
  }
}
END
}

is_firewall_on() {
  systemctl is-enabled -q heatloop-firewall 2>/dev/null && systemctl is-active -q heatloop-firewall &&
    [ "$(systemctl show -P NeedDaemonReload heatloop-firewall)" = no ] &&
    nft list chain inet heatloop input 2>/dev/null | grep -q "tcp dport { $(open_ports) } accept"
}

start_firewall() {
  systemctl daemon-reload
  systemctl enable -q heatloop-firewall 2>/dev/null
  restart heatloop-firewall
}

firewall_check() {
  has_own_firewall || return 0
  checked "the firewall lets in $(open_ports) alone" is_firewall_on
}

firewall_uninstall() {
  if systemctl is-enabled -q heatloop-firewall 2>/dev/null; then
    change "switch the firewall off" systemctl disable -q --now heatloop-firewall
  fi
  if [ -e "$other_rules" ]; then change "put the rules of iptables back" put_rules_back; fi
  take_away "$firewall_unit"
  take_away "$firewall_rules"
  systemctl daemon-reload
}
