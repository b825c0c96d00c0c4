# shellcheck shell=bash
# What comes in from outside: SSH, HTTPS, the broker with TLS, and ping. In a table of its own, so that rules of others stay as they are.

firewall_rules=/etc/heatloop/firewall.nft
firewall_unit=/etc/systemd/system/heatloop-firewall.service

firewall_install() {
  [ "$FIREWALL" = own ] || return 0
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
}

# Where SSH is reached now, so that nobody locks themselves out.
ssh_ports() {
  local ports
  ports="$(ss -Hltnp | awk '/"sshd"/ { sub(/.*:/, "", $4); print $4 }' | sort -un | paste -sd, || true)"
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
  [ "$FIREWALL" = own ] || return 0
  checked "the firewall lets in $(open_ports) alone" is_firewall_on
}

firewall_uninstall() {
  if systemctl is-enabled -q heatloop-firewall 2>/dev/null; then
    change "switch the firewall off" systemctl disable -q --now heatloop-firewall
  fi
  take_away "$firewall_unit"
  take_away "$firewall_rules"
  systemctl daemon-reload
}
