# shellcheck shell=bash
# The parts that a server and containers alone are both made of, in the order in which they need each other.

# shellcheck source=parts/answers.sh
. "$here/parts/answers.sh"
# shellcheck source=parts/place.sh
. "$here/parts/place.sh"
# shellcheck source=parts/preflight.sh
. "$here/parts/preflight.sh"
# shellcheck source=parts/secrets.sh
. "$here/parts/secrets.sh"
# shellcheck source=parts/certificates.sh
. "$here/parts/certificates.sh"
# shellcheck source=parts/broker.sh
. "$here/parts/broker.sh"
# shellcheck source=parts/home_assistant_before.sh
. "$here/parts/home_assistant_before.sh"
# shellcheck source=parts/home_assistant_files.sh
. "$here/parts/home_assistant_files.sh"
# shellcheck source=parts/home_assistant_connect.sh
. "$here/parts/home_assistant_connect.sh"
# shellcheck source=parts/home_assistant.sh
. "$here/parts/home_assistant.sh"
# shellcheck source=parts/versions.sh
. "$here/parts/versions.sh"
# shellcheck source=parts/program.sh
. "$here/parts/program.sh"
# shellcheck source=parts/letsencrypt.sh
. "$here/parts/letsencrypt.sh"
# shellcheck source=parts/web_site.sh
. "$here/parts/web_site.sh"
# shellcheck source=parts/web.sh
. "$here/parts/web.sh"
