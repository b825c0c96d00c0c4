# shellcheck shell=bash
# Encrypted backups every night, with restic, on S3 or SFTP, and a look every month whether they can be read.

backup_env=/etc/heatloop/backup.env
backup_key=/etc/heatloop/backup-key

backup_install() {
  [ -n "$BACKUP" ] || return 0
  packages restic sqlite3 openssh-client ca-certificates
  if [[ "$BACKUP" == sftp://* && ! -e "$backup_key" ]]; then change "make the SSH key of the backups" make_backup_key; fi
  place "$backup_env" 600 root:root < <(backup_env_text) || true
  place /usr/local/lib/heatloop/backup.sh 755 root:root <"$here/backup.sh" || true
  backup_units
  local timer
  for timer in heatloop-backup.timer heatloop-backup-test.timer; do
    run_timer "$timer" "$timer"
  done
  is_dry || begin_backups
}

make_backup_key() { ssh-keygen -q -t ed25519 -N '' -C "backups of $(hostname)" -f "$backup_key"; }

backup_env_text() {
  cat <<END
# Written by deploy/install.sh: what restic needs for the backups.
RESTIC_REPOSITORY="$BACKUP"
RESTIC_PASSWORD_COMMAND="sed -n s/^backup=//p $secrets_file"
RESTIC_CACHE_DIR=/var/cache/heatloop-backup
AWS_ACCESS_KEY_ID="$BACKUP_KEY_ID"
AWS_SECRET_ACCESS_KEY="$BACKUP_SECRET_KEY"
END
}

backup_units() {
  place /etc/systemd/system/heatloop-backup.service 644 root:root <<'END' || true
[Unit]
Description=Backs up the server
StartLimitIntervalSec=0
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
EnvironmentFile=/etc/heatloop/backup.env
ExecStart=/usr/local/lib/heatloop/backup.sh
Nice=10
IOSchedulingClass=idle
END
  place /etc/systemd/system/heatloop-backup.timer 644 root:root <<'END' || true
[Unit]
Description=Backs up the server every night

[Timer]
OnCalendar=*-*-* 02:00
RandomizedDelaySec=30min
Persistent=true

[Install]
WantedBy=timers.target
END
  place /etc/systemd/system/heatloop-backup-test.service 644 root:root <<'END' || true
[Unit]
Description=Looks whether the backups can be read
StartLimitIntervalSec=0

[Service]
Type=oneshot
EnvironmentFile=/etc/heatloop/backup.env
ExecStart=/usr/local/lib/heatloop/backup.sh --test
Nice=10
IOSchedulingClass=idle
END
  place /etc/systemd/system/heatloop-backup-test.timer 644 root:root <<'END' || true
[Unit]
Description=Looks every month whether the backups can be read

[Timer]
OnCalendar=*-*-01 04:00
RandomizedDelaySec=1h
Persistent=true

[Install]
WantedBy=timers.target
END
}

# The place of the backups may know nothing of this server yet: that is said, and is no reason to leave the rest undone.
begin_backups() {
  local state
  state="$(/usr/local/lib/heatloop/backup.sh --state 2>&1)" && return 0
  case "$state" in
    "no repository") change "begin the backups at $BACKUP" /usr/local/lib/heatloop/backup.sh --begin ;;
    *)
      say "The backups cannot reach $BACKUP yet: $state"
      if [ -e "$backup_key.pub" ]; then
        say "Let this key in there, and run deploy/install.sh again:"
        say "  $(cat "$backup_key.pub")"
      fi
      ;;
  esac
}

backup_check() {
  [ -n "$BACKUP" ] || return 0
  checked "the backups can be reached" /usr/local/lib/heatloop/backup.sh --state
  checked "the server is backed up every night" systemctl is-active heatloop-backup.timer
  checked "the last backup went well" test "$(systemctl show -P Result heatloop-backup.service)" = success
  checked "the backups could be read when they were last tried" test "$(systemctl show -P Result heatloop-backup-test.service)" = success
}

backup_uninstall() {
  local unit
  for unit in heatloop-backup.timer heatloop-backup-test.timer; do
    stop_timer "$unit" "$unit"
  done
  for unit in heatloop-backup{,-test}.{service,timer}; do
    take_away "/etc/systemd/system/$unit"
    rm -f "/var/lib/systemd/timers/stamp-$unit"
  done
  take_away /usr/local/lib/heatloop/backup.sh
  take_away "$backup_env"
  systemctl daemon-reload
  rm -rf /var/lib/heatloop/backup /var/cache/heatloop-backup
}
