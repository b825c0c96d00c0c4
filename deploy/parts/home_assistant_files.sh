# shellcheck shell=bash
# What Home Assistant is started with: its first configuration, the container's compose file, the units.

# Without what looks for devices in the home's network (default_config), which is not here.
home_assistant_configuration() {
  cat <<END
# Made once by $this_script; yours from now on. Where it listens is set in Home Assistant itself, not here.
assist_pipeline:
config:
conversation:
energy:
history:
homeassistant_alerts:
logbook:
media_source:
mobile_app:
my:
sun:
webhook:

frontend:
  themes: !include_dir_merge_named themes

automation: !include automations.yaml
script: !include scripts.yaml
scene: !include scenes.yaml
END
}

# Of automations and scenes; scripts have names.
home_assistant_list() { case "$1" in scripts) echo '{}' ;; *) echo '[]' ;; esac; }

# Where it listens and whom it believes, in the form of its own settings (version 3 of `http` in .storage): it hears this machine
# alone, and takes a visitor's address from the proxy on it. From configuration.yaml it would be on trial for five minutes only.
home_assistant_http() {
  cat <<END
{"version": 3, "minor_version": 1, "key": "http", "data": {"stable": {
  "server_host": ["$home_assistant_host"], "server_port": 8123, "use_x_forwarded_for": true,
  "trusted_proxies": [$home_assistant_proxies], "ip_ban_enabled": true, "login_attempts_threshold": 20,
  "cors_allowed_origins": ["https://cast.home-assistant.io"], "ssl_profile": "intermediate_v6", "use_x_frame_options": true,
  "created_at": "$(date -u +%Y-%m-%dT%H:%M:%S+00:00)", "error": null, "error_message": null
}, "pending": null, "yaml_migration_done": true}}
END
}

home_assistant_compose_text() {
  cat <<END
# Written by deploy/install.sh, which overwrites a change of yours.
services:
  homeassistant:
    container_name: homeassistant
    image: ghcr.io/home-assistant/home-assistant:$home_assistant_version
    # It listens on 127.0.0.1 alone, where the broker is too. A published port would pass by the firewall.
    network_mode: host
    restart: unless-stopped
    stop_grace_period: 2m
    environment:
      TZ: "$(home_time_zone | grep . || echo UTC)"
    volumes:
      - $home_assistant:/config
    security_opt:
      - no-new-privileges:true
    healthcheck:
      test: [CMD, curl, --fail, --silent, --output, /dev/null, "http://127.0.0.1:8123/manifest.json"]
      interval: 1m
      timeout: 10s
      retries: 3
      start_period: 5m
    logging:
      driver: json-file
      options:
        max-size: 10m
        max-file: "3"
END
}

home_assistant_container_unit() {
  local compose
  compose="$(compose_command) --project-name home-assistant --file $home_assistant_compose"
  cat <<END
[Unit]
Description=Home Assistant, in a container
Requires=docker.service
Wants=network-online.target
After=docker.service network-online.target mosquitto.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=$compose up --detach --remove-orphans
ExecStop=$compose down --timeout 120
# The first start takes the image from the internet.
TimeoutStartSec=1800
TimeoutStopSec=180

[Install]
WantedBy=multi-user.target
END
}

home_assistant_plain_unit() {
  local user environment=""
  user="$(home_assistant_user)"
  # Its virtual environment, where that is the user's: Home Assistant puts there what integrations need.
  [ "$user" = homeassistant ] || environment=" $(dirname "$(dirname "$HOME_ASSISTANT")")"
  cat <<END
[Unit]
Description=Home Assistant
Wants=network-online.target
After=network-online.target mosquitto.service

[Service]
User=$user
ExecStart=$HOME_ASSISTANT --config $home_assistant
Restart=always
RestartSec=5
# With this it asks to be started again.
SuccessExitStatus=100
TimeoutStopSec=180
UMask=0077
ProtectSystem=strict
ReadWritePaths=$home_assistant$environment
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
END
}
