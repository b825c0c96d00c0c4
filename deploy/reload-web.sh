#!/usr/bin/env bash
# Has Nginx read its configuration and certificates anew. Where they are broken it ends with 1, and Nginx goes on with the old ones.
set -euo pipefail
# As old as what Nginx has read.
read=/var/lib/heatloop/web-read
systemctl is-active -q nginx || exit 0
nginx -t -q
touch "$read.new"
systemctl reload nginx
mv "$read.new" "$read"
