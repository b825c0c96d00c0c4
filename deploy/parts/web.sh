# shellcheck shell=bash
# Nginx in front of Home Assistant and Heatloop: HTTPS on 443, and nothing on 80.

web_site=/etc/nginx/conf.d/heatloop.conf
web_pages=/usr/local/share/heatloop/web
web_reload=/usr/local/lib/heatloop/reload-web.sh
# As old as what Nginx has read: whoever ended this before it was reloaded sees that the next time.
web_read=/var/lib/heatloop/web-read
example_site=/etc/nginx/sites-enabled/default
# Where the distribution's link lies until --uninstall.
example_site_kept=/var/lib/heatloop/nginx-example-site

web_install() {
  packages nginx
  web_files
  place "$web_reload" 755 root:root <"$here/reload-web.sh" || true
  if [ -L "$example_site" ]; then change "switch off Nginx's example site" keep_example_site; fi
  place "$web_site" 644 root:root < <(web_site_text) || true
  if ! has_web_read_all; then change "start Nginx with it" start_web; fi
}

# What Nginx shows itself.
web_files() {
  place "$web_pages/style.css" 644 root:root <"$here/web/style.css" || true
  place "$web_pages/unknown-name.html" 644 root:root < <(web_page unknown-name "") || true
  place "$web_pages/home-assistant-away.html" 644 root:root < <(web_page away "Home Assistant") || true
  place "$web_pages/heatloop-away.html" 644 root:root < <(web_page away "Heatloop") || true
}

# What these pages say to whoever looks after the server.
web_help_check="sudo deploy/install.sh --check"
web_help_mend="sudo deploy/install.sh"
web_help_names=/etc/heatloop/answers

# web_page NAME WHAT
web_page() {
  sed "s/@WHAT@/$2/; s|@CHECK@|$web_help_check|; s|@MEND@|$web_help_mend|; s|@NAMES@|$web_help_names|" "$here/web/$1.html"
}

keep_example_site() {
  install -d -m 755 "$(dirname "$example_site_kept")"
  mv "$example_site" "$example_site_kept"
}

has_web_read_all() { has_read nginx "$web_read" "$web_site" "$tls/server.crt" "$letsencrypt_live/fullchain.pem"; }

start_web() {
  nginx -t -q || { say "Nginx does not take its configuration; why stands above" >&2; exit 1; }
  systemctl enable -q nginx 2>/dev/null
  # A reload says nothing of when and whether 443 is open.
  if systemctl is-active -q nginx && [ -e "$web_read" ]; then "$here/reload-web.sh"; else start_reading nginx "$web_read"; fi
}

web_check() {
  checked "Nginx runs" systemctl is-active nginx
  checked "Nginx's configuration and certificates are right" nginx -t -q
  checked "Nginx has read them" has_web_read_all
  checked "443 speaks TLS with the server's certificate" web_speaks_tls
}

web_speaks_tls() {
  openssl s_client -connect 127.0.0.1:443 -noservername -CAfile "$tls/ca.crt" -verify_return_error -verify_ip 127.0.0.1 </dev/null
}

web_uninstall() {
  local page
  if is_placed "$web_site" && systemctl is-active -q nginx 2>/dev/null; then
    change "stop Nginx" systemctl disable -q --now nginx
  fi
  take_away "$web_site"
  for page in style.css unknown-name.html home-assistant-away.html heatloop-away.html; do take_away "$web_pages/$page"; done
  take_away "$web_reload"
  rmdir "$web_pages" "$(dirname "$web_pages")" "$(dirname "$web_reload")" 2>/dev/null || true
  if [ -L "$example_site_kept" ]; then change "switch Nginx's example site on again" mv "$example_site_kept" "$example_site"; fi
  rm -f "$web_read"
}
