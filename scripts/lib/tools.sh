# shellcheck shell=bash
# Tools that the scripts need: which are missing, which package has them, and installing it. Needs say.sh.

INSTALL=${INSTALL:-no} # yes after --install: sudo may be used to install packages

# Ordinary users often lack these on their PATH; `ip` is there.
PATH=$PATH:/usr/sbin:/sbin

is_root() {
  ((EUID == 0))
}

package_manager() {
  local manager
  for manager in apt-get dnf pacman apk zypper brew; do
    if command -v "$manager" >/dev/null; then
      printf '%s\n' "$manager"
      return
    fi
  done
}

# May packages be installed without asking? Only Debian's and Ubuntu's, as root or after --install.
may_install() {
  [[ $(package_manager) == apt-get ]] && { is_root || [[ $INSTALL == yes ]]; }
}

# The package that brings a command, in the system's own words.
package_of() {
  local manager
  manager=$(package_manager)
  case $manager/$1 in
    dnf/ip) echo iproute ;;
    */ip) echo iproute2 ;;
    apk/unshare | apk/nsenter | apk/setsid | apk/flock | apk/setpriv) echo util-linux-misc ;;
    */unshare | */nsenter | */setsid | */flock | */setpriv) echo util-linux ;;
    apt-get/dumpcap | apt-get/tshark | apk/tshark | apk/dumpcap) echo tshark ;;
    brew/tshark | brew/dumpcap) echo wireshark ;;
    */tshark | */dumpcap) echo wireshark-cli ;;
    apt-get/editcap) echo wireshark-common ;;
    */editcap) echo wireshark-cli ;;
    apt-get/wireshark | apk/wireshark | dnf/wireshark) echo wireshark ;;
    pacman/wireshark) echo wireshark-qt ;;
    apt-get/knotd) echo knot ;;
    apt-get/named) echo bind9 ;;
    apt-get/h2load) echo nghttp2-client ;;
    */aria2c) echo aria2 ;;
    apt-get/dhclient) echo isc-dhcp-client ;;
    apt-get/dhcrelay) echo isc-dhcp-relay ;;
    */dhclient | */dhcrelay) echo dhcp ;;
    apt-get/dig) echo bind9-dnsutils ;;
    dnf/dig | zypper/dig) echo bind-utils ;;
    apk/dig) echo bind-tools ;;
    */dig) echo bind ;;
    dnf/shellcheck | zypper/shellcheck) echo ShellCheck ;;
    */mvn) echo maven ;;
    */pdfinfo) echo poppler-utils ;;
    */sha256sum | */env | */stat) echo coreutils ;;
    apt-get/initdb | apt-get/pg_ctl) echo postgresql ;;
    dnf/initdb | dnf/pg_ctl | zypper/initdb | zypper/pg_ctl) echo postgresql-server ;;
    */initdb | */pg_ctl) echo postgresql ;;
    */ps) echo procps ;;
    *) echo "$1" ;;
  esac
}

install_command() {
  local sudo='sudo '
  is_root && sudo=''
  case $(package_manager) in
    apt-get) echo "${sudo}apt-get install $*" ;;
    dnf) echo "${sudo}dnf install $*" ;;
    pacman) echo "${sudo}pacman -S $*" ;;
    apk) echo "${sudo}apk add $*" ;;
    zypper) echo "${sudo}zypper install $*" ;;
    brew) echo "brew install $*" ;;
    *) echo "(your system's package manager) install $*" ;;
  esac
}

# Debian keeps PostgreSQL's programs in a folder for each version, which is not on the path.
has_tool() {
  command -v "$1" >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null
}

# Which of these commands are missing?
missing_of() {
  local tool
  for tool in "$@"; do
    has_tool "$tool" || printf '%s\n' "$tool"
  done
}

# Sees to it that commands are there: installs their packages where that is allowed, else says what to type.
require_tools() {
  local missing packages
  mapfile -t missing < <(missing_of "$@")
  ((${#missing[@]})) || return 0
  mapfile -t packages < <(for tool in "${missing[@]}"; do package_of "$tool"; done | sort -u)
  if may_install; then
    apt_install "${packages[@]}"
    mapfile -t missing < <(missing_of "$@")
    ((${#missing[@]})) || return 0
  fi
  note "missing: ${missing[*]}"
  printf '  install:   %s\n' "$(install_command "${packages[@]}")" >&2
  [[ $(package_manager) != apt-get ]] || printf '  or run this again with --install\n' >&2
  exit "$UNAVAILABLE"
}

apt() {
  local as=()
  is_root || as=(sudo)
  # PostgreSQL's package makes a cluster; it is not to be started: createcluster.conf says so. Nor are the servers of other
  # packages, which the runlevel for repairs has none of.
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 PGSYSCONFDIR="$LIB/postgresql" apt-get -y -qq -o DPkg::Lock::Timeout=120 "$@"
}

apt_has() {
  local candidate
  command -v apt-cache >/dev/null || return 1
  candidate=$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: //p')
  [[ -n $candidate && $candidate != '(none)' ]]
}

# Installs packages; the lists are fetched first when it does not go without.
apt_install() {
  local log
  note "installing: $*"
  log=$(mktemp)
  if ! apt install --no-install-recommends "$@" >"$log" 2>&1; then
    if ! { apt update && apt install --no-install-recommends "$@"; } >"$log" 2>&1; then
      tail -n 20 "$log" >&2
      rm -f "$log"
      fail "$UNAVAILABLE" "could not install $*; the last lines of apt-get are above"
    fi
  fi
  rm -f "$log"
}

# How many processors this machine lends us; at least 1.
processors() {
  nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1
}
