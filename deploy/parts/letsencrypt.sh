# shellcheck shell=bash
# A certificate that every browser knows, from Let's Encrypt, for the server's names on 443. The broker keeps that of the own
# authority: the ESP32 has it built in, and a public authority's intermediates change every few years.

letsencrypt_live=/etc/letsencrypt/live/heatloop
letsencrypt_hooks=/usr/local/lib/heatloop/letsencrypt-hooks.sh
# Another server that speaks ACME; tests have one of their own.
ACME_SERVER="${ACME_SERVER:-https://acme-v02.api.letsencrypt.org/directory}"

has_letsencrypt() { [ "$CERTIFICATE" = letsencrypt ] && [ -e "$letsencrypt_live/fullchain.pem" ]; }

# Last of all, when everything else is there: where Let's Encrypt refuses, 443 goes on with the own certificate.
letsencrypt_install() {
  if [ "$CERTIFICATE" = own ]; then
    letsencrypt_uninstall
    return 0
  fi
  packages certbot
  place "$letsencrypt_hooks" 755 root:root <"$here/letsencrypt-hooks.sh" || true
  if ! is_letsencrypt_good; then change "get a certificate for $NAMES from Let's Encrypt" get_letsencrypt; fi
  run_timer certbot.timer "the timer that renews it"
  is_dry || web_install
}

# Whether it is for exactly the names of the answers, and lasts for a week: certbot renews it a month before its end.
is_letsencrypt_good() {
  [ -e "$letsencrypt_live/fullchain.pem" ] && [ -e "/etc/letsencrypt/renewal/heatloop.conf" ] &&
    openssl x509 -in "$letsencrypt_live/fullchain.pem" -noout -checkend 604800 >/dev/null &&
    [ "$(openssl x509 -in "$letsencrypt_live/fullchain.pem" -noout -ext subjectAltName | grep -oP 'DNS:\K[^,\s]+' | sort)" = \
      "$(printf '%s\n' $NAMES | sort -u)" ]
}

get_letsencrypt() {
  local log name domains=() account=(--register-unsafely-without-email)
  for name in $NAMES; do domains+=(-d "$name"); done
  if [ -n "$EMAIL" ]; then account=(--email "$EMAIL"); fi
  wait_for_certbot
  # What one left that was ended in the middle.
  if [ ! -e "$letsencrypt_live/fullchain.pem" ]; then forget_letsencrypt; fi
  log="$(mktemp)"
  certbot certonly --standalone --non-interactive --agree-tos --cert-name heatloop --server "$ACME_SERVER" \
    "${account[@]}" "${domains[@]}" --renew-with-new-domains --keep-until-expiring \
    --pre-hook "$letsencrypt_hooks open" --post-hook "$letsencrypt_hooks close" --deploy-hook "$web_reload" >"$log" 2>&1 </dev/null || {
    tail -n 20 "$log" >&2
    rm -f "$log"
    say "Let's Encrypt gave no certificate; why stands above. Everything else is set up, and 443 has the server's own certificate" >&2
    say "meanwhile: see that $NAMES leads to this server and that port 80 reaches it, and run this again" >&2
    exit 1
  }
  rm -f "$log"
}

# Whoever ended this in the middle may have left one that goes on; two at a time cannot be.
wait_for_certbot() {
  local second
  for ((second = 0; second < 300; second += 1)); do
    pgrep -x certbot >/dev/null || return 0
    sleep 1
  done
}

forget_letsencrypt() { rm -rf /etc/letsencrypt/{live,archive}/heatloop /etc/letsencrypt/renewal/heatloop.conf; }

letsencrypt_check() {
  [ "$CERTIFICATE" = letsencrypt ] || return 0
  checked "Let's Encrypt's certificate is for $NAMES and lasts" is_letsencrypt_good
  checked "it is renewed by itself" systemctl is-active certbot.timer
}

letsencrypt_uninstall() {
  if is_placed "$letsencrypt_hooks" && [ -e "$letsencrypt_live" ]; then
    change "give up Let's Encrypt's certificate" forget_letsencrypt
  fi
  take_away "$letsencrypt_hooks"
}
