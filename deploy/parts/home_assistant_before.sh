# shellcheck shell=bash
# What Home Assistant needs of the server: the preflight's part of it, and Docker as each distribution has it.

# The first one that reads where it listens as home_assistant_http has it.
least_home_assistant=2026.11
least_free_mb_of_container=5120

check_home_assistant() {
  case "$HOME_ASSISTANT" in
    none) return 0 ;;
    container) check_container ;;
    /*) check_hass ;;
    *) return 0 ;;
  esac
  if ! is_home_assistant_ours && [ -n "$(ss -Hltn 'sport = :8123')" ]; then
    mistakes+=("port 8123 is taken, by a Home Assistant of yours? Stop it, or answer HOME_ASSISTANT=none")
  fi
}

is_home_assistant_ours() { is_placed "$home_assistant_unit" && systemctl is-active -q home-assistant 2>/dev/null; }

check_container() {
  local free
  [ ! -e "$home_assistant_compose" ] || return 0
  free="$(df --output=avail -m /var | tail -1 | tr -d ' ')"
  [ "$free" -ge "$least_free_mb_of_container" ] ||
    mistakes+=("$free MB are free in /var: the container of Home Assistant needs at least $least_free_mb_of_container MB")
}

check_hass() {
  local version
  if [ ! -x "$HOME_ASSISTANT" ] || [ -d "$HOME_ASSISTANT" ]; then
    mistakes+=("HOME_ASSISTANT: there is no program $HOME_ASSISTANT")
    return 0
  fi
  # Asked once: it takes seconds.
  ! grep -qF "ExecStart=$HOME_ASSISTANT " "$home_assistant_unit" 2>/dev/null || return 0
  version="$(PYTHONDONTWRITEBYTECODE=1 timeout 60 "$HOME_ASSISTANT" --version 2>/dev/null | tail -1 || true)"
  if [[ ! "$version" =~ ^[0-9]{4}\.[0-9] ]]; then
    mistakes+=("HOME_ASSISTANT: $HOME_ASSISTANT --version does not answer as Home Assistant does")
  elif [ "$(printf '%s\n' "$least_home_assistant" "$version" | sort -V | head -1)" != "$least_home_assistant" ]; then
    mistakes+=("HOME_ASSISTANT: $HOME_ASSISTANT is $version: $least_home_assistant or later is needed")
  fi
}

# As a command of Docker's, or the older program of its own; from the distribution or from Docker's own packages.
is_compose_plugin() { docker compose version >/dev/null 2>&1; }
is_compose_program() { command -v docker-compose >/dev/null; }

has_docker() { systemctl cat docker.service >/dev/null 2>&1 && { is_compose_plugin || is_compose_program; }; }

# As each distribution calls them; apparmor brings what Docker needs to start a container on a kernel with AppArmor.
docker_packages() {
  case "$(distribution)" in
    "debian 12") printf '%s\n' docker.io docker-compose apparmor ;;
    debian*) printf '%s\n' docker.io docker-cli docker-compose apparmor ;;
    *) printf '%s\n' docker.io docker-compose-v2 apparmor ;;
  esac
}

# The one that is there, else the one that comes with docker_packages.
compose_command() {
  if ! is_compose_plugin && { is_compose_program || [ "$(distribution)" = "debian 12" ]; }; then
    echo /usr/bin/docker-compose
  else
    echo "/usr/bin/docker compose"
  fi
}
