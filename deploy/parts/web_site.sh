# shellcheck shell=bash
# What Nginx is told: one file, which the http block of the distribution's nginx.conf takes in.

# Addresses are no names that somebody else could point here, so all of them are answered: behind NAT the machine does not know
# all of its own. Through an SSH tunnel it is localhost.
plain_addresses='localhost ~^[0-9.]+$ ~^\[[0-9a-f:.]+\]$'
# Where Home Assistant and Heatloop are.
proxied_home_assistant=127.0.0.1:8123
proxied_heatloop=127.0.0.1:8099
# A visit by name comes by https alone for this long: short, so that a server may go back to its own certificate.
hsts='add_header Strict-Transport-Security "max-age=2592000" always;'

web_site_text() {
  echo "# Written by $this_script; a change of yours would be gone with the next run."
  cat <<'END'
map $http_upgrade $heatloop_connection { default ""; websocket upgrade; }
map $uri $heatloop_prefix { default ""; ~^/heatloop/ /heatloop; }
limit_req_zone $binary_remote_addr zone=heatloop_login:1m rate=10r/m;

server {
  server_name _;
END
  listening " default_server"
  certificate_lines "$tls/server.crt" "$tls/server.key"
  cat <<'END'

  error_page 421 /.heatloop/unknown-name.html;
  location / { return 421; }
END
  own_pages
  echo "}"
  if has_letsencrypt; then
    web_server "$plain_addresses" "$tls/server.crt" "$tls/server.key"
    web_server "$NAMES" "$letsencrypt_live/fullchain.pem" "$letsencrypt_live/privkey.pem" "$hsts"
  else
    web_server "${NAMES:+$NAMES }$plain_addresses" "$tls/server.crt" "$tls/server.key"
  fi
}

# web_server NAMES CERTIFICATE KEY [LINE]: a server with Home Assistant and Heatloop.
web_server() {
  printf '\nserver {\n  server_name %s;\n' "$1"
  listening ""
  certificate_lines "$2" "$3"
  if [ -n "${4:-}" ]; then echo "  $4"; fi
  passed_on | sed "s/@HOME_ASSISTANT@/$proxied_home_assistant/; s/@HEATLOOP@/$proxied_heatloop/"
  passed_on_too
  own_pages
  echo "}"
}

# Nginx 1.25 has `http2` as a directive of its own and warns of the form before; an IPv6 socket needs a kernel with IPv6.
listening() {
  local http2=" http2"
  if has_http2_directive; then http2=""; fi
  echo "  listen 443 ssl$http2$1;"
  if [ -e /proc/net/if_inet6 ]; then echo "  listen [::]:443 ssl$http2$1;"; fi
  if [ -z "$http2" ]; then echo "  http2 on;"; fi
}

has_http2_directive() {
  local version
  version="$(dpkg-query -W -f '${Version}' nginx 2>/dev/null || true)"
  dpkg --compare-versions "${version:-0}" ge 1.25.1
}

# Mozilla's intermediate profile, without the DHE ciphers that only clients of before 2014 need.
certificate_lines() {
  cat <<END
  ssl_certificate $1;
  ssl_certificate_key $2;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;
  ssl_prefer_server_ciphers off;
  ssl_session_cache shared:heatloop:2m;
  ssl_session_timeout 1d;
  ssl_session_tickets off;
  server_tokens off;
  # Signed addresses of Home Assistant have a secret in their query.
  access_log off;
  client_header_timeout 20s;
  reset_timedout_connection on;
END
}

# Both programs send their own security headers. What a visitor says of itself in X-Forwarded-... is not passed on.
passed_on() {
  cat <<'END'
  # Plain HTTP on this port.
  error_page 497 =301 https://$http_host$request_uri;
  error_page 429 /.heatloop/too-many-logins;
  absolute_redirect off;

  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto https;
  proxy_set_header X-Forwarded-Prefix $heatloop_prefix;
  proxy_set_header Forwarded "";
  proxy_set_header X-Real-IP "";
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $heatloop_connection;
  # Years of rows, cameras and backups are not kept on the disk on their way through.
  proxy_buffering off;
  proxy_request_buffering off;
  proxy_connect_timeout 5s;
  proxy_read_timeout 5m;
  client_max_body_size 1g;

  location / {
    error_page 502 504 /.heatloop/home-assistant-away.html;
    proxy_pass http://@HOME_ASSISTANT@;
  }
  location = /api/websocket {
    proxy_read_timeout 1h;
    proxy_send_timeout 1h;
    proxy_pass http://@HOME_ASSISTANT@;
  }
  location /auth/login_flow {
    limit_req zone=heatloop_login burst=10 nodelay;
    limit_req_status 429;
    proxy_pass http://@HOME_ASSISTANT@;
  }

  location = /heatloop { return 301 /heatloop/; }
  location /heatloop/ {
    client_max_body_size 1m;
    error_page 502 504 /.heatloop/heatloop-away.html;
    proxy_pass http://@HEATLOOP@/;
  }
  location = /heatloop/ws {
    proxy_read_timeout 1h;
    proxy_send_timeout 1h;
    proxy_pass http://@HEATLOOP@/ws;
  }
  location = /heatloop/api/login {
    client_max_body_size 1m;
    limit_req zone=heatloop_login burst=10 nodelay;
    limit_req_status 429;
    proxy_pass http://@HEATLOOP@/api/login;
  }
END
}

# What else is behind it.
passed_on_too() { :; }

# What Nginx answers itself. The authority's certificate is public: phones and browsers import it.
own_pages() {
  cat <<END

  location = /heatloop-ca.crt {
    types { }
    default_type application/x-x509-ca-cert;
    alias $tls/ca.crt;
  }
  location = /.heatloop/style.css { alias $web_pages/style.css; }
  location = /.heatloop/too-many-logins {
    internal;
    default_type application/problem+json;
    add_header Retry-After 30 always;
    return 429 '{"type":"about:blank","status":429,"title":"Too many attempts to sign in","detail":"Wait half a minute, and try again."}';
  }
  location /.heatloop/ {
    internal;
    alias $web_pages/;
    add_header Cache-Control no-store always;
    add_header Retry-After 5 always;
    add_header X-Content-Type-Options nosniff always;
    add_header Content-Security-Policy "default-src 'none'; style-src 'self'; frame-ancestors 'self'" always;
  }
END
}
