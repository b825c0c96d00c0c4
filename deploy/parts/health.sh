# shellcheck shell=bash
# A look at the server every five minutes, which tells somebody what has gone wrong.

health_install() {
  packages curl
  place /usr/local/lib/heatloop/watch-health.sh 755 root:root <"$here/watch-health.sh" || true
  place /etc/systemd/system/heatloop-health.service 644 root:root <<'END' || true
[Unit]
Description=Looks whether this server is well
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStart=/usr/local/lib/heatloop/watch-health.sh
END
  place /etc/systemd/system/heatloop-health.timer 644 root:root <<'END' || true
[Unit]
Description=Looks every five minutes whether this server is well

[Timer]
OnBootSec=5min
OnUnitActiveSec=5min

[Install]
WantedBy=timers.target
END
  run_timer heatloop-health.timer "the timer that looks whether the server is well"
}

health_check() {
  checked "somebody looks after the server every five minutes" systemctl is-active heatloop-health.timer
  checked "the last look found nothing wrong" test ! -s /var/lib/heatloop/health/seen
}

health_uninstall() {
  stop_timer heatloop-health.timer "the timer that looks whether the server is well"
  local file
  for file in /etc/systemd/system/heatloop-health.{service,timer} /usr/local/lib/heatloop/watch-health.sh; do take_away "$file"; done
  systemctl daemon-reload
  rm -rf /var/lib/heatloop/health
}
