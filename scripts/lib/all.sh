# shellcheck shell=bash
# What every script starts with: where the project is, and the shared pieces.

if ((BASH_VERSINFO[0] < 5)); then
  echo "this script needs bash 5 or later; this is bash $BASH_VERSION (macOS: brew install bash)" >&2
  exit 69
fi

LIB=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck disable=SC2034 # for the pieces below
ROOT=$(readlink -f "$LIB/../..")

# shellcheck source=say.sh
. "$LIB/say.sh"
# shellcheck source=tools.sh
. "$LIB/tools.sh"
# shellcheck source=jdk.sh
. "$LIB/jdk.sh"
# shellcheck source=build.sh
. "$LIB/build.sh"
# shellcheck source=rehearse.sh
. "$LIB/rehearse.sh"
# shellcheck source=start.sh
. "$LIB/start.sh"
