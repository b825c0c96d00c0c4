# shellcheck shell=bash
# The words of a command that makes a folder for containers: FOLDER, --answers FILE, --dry-run, --help and, where it may, --connect.
# shellcheck disable=SC2034 # Whoever sources this uses $mode, $purge, $folder and $answers_given, which it sets.

# take_words NAME MORE WORD...: `usage` prints what NAME takes; MORE is a mode that it has besides, or nothing.
take_words() {
  local name="$1" more="$2"
  shift 2
  mode=install
  purge=no
  folder=""
  answers_given=""
  while [ $# -gt 0 ]; do
    case "$1" in
      --answers) answers_given="${2:-}"; [ -n "$answers_given" ] || { usage >&2; exit 2; }; shift ;;
      --dry-run) mode=dry-run ;;
      --help) usage; exit 0 ;;
      -*)
        if [ -z "$more" ] || [ "$1" != "--$more" ]; then echo "$name: there is no $1" >&2; usage >&2; exit 2; fi
        mode="$more" ;;
      *) [ -z "$folder" ] || { usage >&2; exit 2; }; folder="$1" ;;
    esac
    shift
  done
  [ -n "$folder" ] || { usage >&2; exit 2; }
  folder="$(realpath -m -- "$folder")"
}
