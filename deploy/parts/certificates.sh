# shellcheck shell=bash
# A certificate authority of this server, which the ESP32 trusts for good, and the server's certificate, which is renewed long
# before its end: the ESP32 needs nothing new then.

tls=/etc/heatloop/tls
authority_key=$tls/ca.key
ca_days=10950
server_days=730
renewed_before_days=180

certificates_install() {
  packages openssl
  certificates_files
  place /usr/local/lib/heatloop/renew-certificates.sh 755 root:root <"$here/renew-certificates.sh" || true
  place /usr/local/lib/heatloop/parts/certificates.sh 644 root:root <"$here/parts/certificates.sh" || true
  place /usr/local/lib/heatloop/parts/answers.sh 644 root:root <"$here/parts/answers.sh" || true
  place /usr/local/lib/heatloop/parts/place.sh 644 root:root <"$here/parts/place.sh" || true
  certificates_timer
}

certificates_files() {
  if [ ! -e "$tls/ca.crt" ]; then change "make a certificate authority in $tls" make_authority; fi
  if ! is_server_certificate_good; then
    change "make the server's certificate for $(certified)" make_server_certificate
  fi
}

# The names and addresses of the certificate, as openssl writes them.
certified() {
  local each list=()
  for each in $NAMES; do list+=("DNS:$each"); done
  for each in $ADDRESSES 127.0.0.1; do list+=("IP:$each"); done
  (IFS=,; echo "${list[*]}")
}

make_authority() {
  install -d -m 755 "$(dirname "$tls")" "$tls"
  (
    umask 077
    openssl ecparam -name prime256v1 -genkey -noout -out "$authority_key.new"
    openssl req -x509 -new -key "$authority_key.new" -sha256 -days "$ca_days" -subj "/CN=Heatloop of $(hostname)" \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign -out "$tls/ca.crt.new"
  )
  chmod 644 "$tls/ca.crt.new"
  mv "$authority_key.new" "$authority_key"
  # Last: with it the authority is whole.
  mv "$tls/ca.crt.new" "$tls/ca.crt"
}

make_server_certificate() {
  (
    umask 077
    openssl ecparam -name prime256v1 -genkey -noout -out "$tls/server.key.new"
    openssl req -new -key "$tls/server.key.new" -subj "/CN=$(hostname)" |
      openssl x509 -req -CA "$tls/ca.crt" -CAkey "$authority_key" -set_serial "0x$(openssl rand -hex 16)" -sha256 -days "$server_days" \
        -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n' "$(certified)") \
        -out "$tls/server.crt.new" 2>/dev/null
  )
  chmod 644 "$tls/server.crt.new"
  mv "$tls/server.key.new" "$tls/server.key"
  mv "$tls/server.crt.new" "$tls/server.crt"
}

# Whether the certificate is of our authority and key, has all names and addresses, and lasts for months.
is_server_certificate_good() {
  [ -e "$tls/server.crt" ] && [ -e "$tls/server.key" ] || return 1
  openssl verify -CAfile "$tls/ca.crt" "$tls/server.crt" >/dev/null 2>&1 || return 1
  openssl x509 -in "$tls/server.crt" -noout -checkend $((renewed_before_days * 86400)) >/dev/null || return 1
  [ "$(openssl x509 -in "$tls/server.crt" -noout -pubkey)" = "$(openssl pkey -in "$tls/server.key" -pubout)" ] || return 1
  local each
  for each in $NAMES; do openssl x509 -in "$tls/server.crt" -noout -checkhost "$each" | grep -q 'does match' || return 1; done
  for each in $ADDRESSES; do openssl x509 -in "$tls/server.crt" -noout -checkip "$each" | grep -q 'does match' || return 1; done
}

certificates_timer() {
  place /etc/systemd/system/heatloop-certificates.service 644 root:root <<'END' || true
[Unit]
Description=Renews the server's certificate in time
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStart=/usr/local/lib/heatloop/renew-certificates.sh
END
  place /etc/systemd/system/heatloop-certificates.timer 644 root:root <<'END' || true
[Unit]
Description=Looks each day whether the server's certificate is to be renewed

[Timer]
OnCalendar=daily
RandomizedDelaySec=1h
Persistent=true

[Install]
WantedBy=timers.target
END
  run_timer heatloop-certificates.timer "the timer that renews the certificate"
}

certificates_check() {
  checked "the server's certificate is of its authority, for $(certified)" is_server_certificate_good
  checked "the authority's key can be read by root alone" test "$(stat -c '%a %U' "$authority_key" 2>/dev/null)" = "600 root"
  checked "the certificate is renewed by itself" systemctl is-active heatloop-certificates.timer
}

certificates_uninstall() {
  stop_timer heatloop-certificates.timer "the timer that renews the certificate"
  local file
  for file in /etc/systemd/system/heatloop-certificates.{service,timer} \
    /usr/local/lib/heatloop/renew-certificates.sh /usr/local/lib/heatloop/parts/{certificates,answers,place}.sh; do
    take_away "$file"
  done
  rmdir /usr/local/lib/heatloop/parts /usr/local/lib/heatloop 2>/dev/null || true
  systemctl daemon-reload
  rm -f /var/lib/systemd/timers/stamp-heatloop-certificates.timer
}
