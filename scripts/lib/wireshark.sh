# shellcheck shell=bash
# lab wireshark: our dissectors, profile and capture program in the user's Wireshark; and a live view of a lab. Needs
# the pieces before it.

readonly WIRESHARK_FILES=$ROOT/docs/wireshark

# Sets PLACES to lines "SOURCE<TAB>TARGET": where Wireshark looks for its user's files (its man page, FILES).
wireshark_places() {
  local config=${WIRESHARK_CONFIG_DIR:-} plugins=$HOME/.local/lib/wireshark/plugins file
  if [[ -z $config ]]; then
    config=${XDG_CONFIG_HOME:-$HOME/.config}/wireshark
    # The place of long ago still counts where the newer one is not there.
    [[ -d $config || ! -d $HOME/.wireshark ]] || config=$HOME/.wireshark
  fi
  PROFILE=$config/profiles/wirelab
  PLACES=()
  for file in rudp.lua scrap.lua; do
    PLACES+=("$WIRESHARK_FILES/$file"$'\t'"$plugins/$file")
  done
  for file in preferences colorfilters dfilter_buttons; do
    PLACES+=("$WIRESHARK_FILES/profile/$file"$'\t'"$PROFILE/$file")
  done
  INSTALLED=$config/wirelab-installed
  EXTCAP=$HOME/.local/lib/wireshark/extcap/wirelab
}

command_wireshark() {
  local remove=no force=no
  while (($#)); do
    case $1 in
      --remove) remove=yes ;;
      --force) force=yes ;;
      *) no_more_words "$@" ;;
    esac
    shift
  done
  [[ -n ${HOME:-} ]] || fail "$FAILED" "HOME is not set: where is your Wireshark?"
  require_tools sha256sum
  wireshark_places
  if [[ $remove == yes ]]; then remove_from_wireshark "$force"; else install_in_wireshark "$force"; fi
}

sum_of() {
  local sum
  sum=$(sha256sum <"$1")
  printf '%s' "${sum%% *}"
}

# Is the file at this place as we have put it there? What its user has changed since is not ours.
is_ours() {
  grep -qxF -- "$(sum_of "$1")  $1" "$INSTALLED" 2>/dev/null
}

note_installed() {
  forget_installed "$1"
  printf '%s  %s\n' "$(sum_of "$1")" "$1" >>"$INSTALLED"
}

forget_installed() {
  [[ -f $INSTALLED ]] || return 0
  awk -v place="$1" 'substr($0, 67) != place' "$INSTALLED" >"$INSTALLED.new"
  mv -f "$INSTALLED.new" "$INSTALLED"
}

install_in_wireshark() {
  local force=$1 place source target kept=0
  mkdir -p "$(dirname "$INSTALLED")"
  for place in "${PLACES[@]}"; do
    source=${place%%$'\t'*} target=${place#*$'\t'}
    if [[ ! -e $target ]] || is_ours "$target" || [[ $force == yes ]] || cmp -s "$source" "$target"; then
      mkdir -p "$(dirname "$target")"
      cp -- "$source" "$target"
      note_installed "$target"
      echo "installed  $target"
    else
      echo "kept       $target: it is not as we would install it; --force replaces it"
      kept=$((kept + 1))
    fi
  done
  install_extcap
  echo "choose the profile 'wirelab' in Wireshark, or start it with  wireshark -C wirelab"
  ((kept == 0)) || return "$FAILED"
}

# The capture program is a link, since it needs the scripts beside it.
install_extcap() {
  local folders
  if [[ -e $EXTCAP && ! -L $EXTCAP ]]; then
    echo "kept       $EXTCAP: it is no link of ours"
    return 0
  fi
  mkdir -p "$(dirname "$EXTCAP")"
  ln -sfn "$ROOT/scripts/wirelab-extcap" "$EXTCAP"
  echo "installed  $EXTCAP"
  folders=$(tshark -G folders 2>/dev/null) || return 0
  if [[ $folders != *"$(dirname "$EXTCAP")"* ]]; then
    local where
    where=$(sed -n 's/^Extcap path:[[:space:]]*//p' <<<"$folders" | head -n 1)
    echo "           this Wireshark looks for capture programs in $where alone:"
    echo "           sudo ln -s $ROOT/scripts/wirelab-extcap $where/wirelab"
  fi
}

remove_from_wireshark() {
  local force=$1 place target kept=0
  for place in "${PLACES[@]}"; do
    target=${place#*$'\t'}
    [[ -e $target ]] || continue
    if is_ours "$target" || [[ $force == yes ]]; then
      rm -f -- "$target"
      forget_installed "$target"
      echo "removed  $target"
    else
      echo "kept     $target: it is not as we have installed it; --force removes it"
      kept=$((kept + 1))
    fi
  done
  if [[ -L $EXTCAP && $(readlink "$EXTCAP") == */scripts/wirelab-extcap ]]; then
    rm -f -- "$EXTCAP"
    echo "removed  $EXTCAP"
  fi
  [[ -s $INSTALLED ]] || rm -f -- "$INSTALLED"
  # What Wireshark itself has noted of the profile's windows goes with it.
  if ((kept == 0)) && [[ -d $PROFILE ]]; then
    rm -f -- "$PROFILE/recent"
    rmdir -- "$PROFILE" 2>/dev/null || echo "kept     $PROFILE: there are files of yours in it"
  fi
  ((kept == 0)) || return "$FAILED"
}

# --- live ---

# Opens Wireshark on what the lab's network carries, as it comes.
capture_live() {
  local profile=() code=0
  if ! has_tool wireshark; then
    note "wireshark is not installed:  $(install_command "$(package_of wireshark)")"
    exit "$UNAVAILABLE"
  fi
  require_tools dumpcap
  sweep_and_unlock
  require_lab
  [[ -z ${HOME:-} ]] || wireshark_places
  [[ ! -d ${PROFILE:-} ]] || profile=(-C wirelab)
  CAPTURE_LOG=$LAB_DIR/capture.log
  capture_command
  note "Wireshark shows lab $LAB_NAME; close it, or Ctrl-C, to end"
  # dumpcap ends when Wireshark does, since nobody reads any more.
  "${CAPTURE[@]}" 2>"$CAPTURE_LOG" </dev/null | wireshark -k -i - "${profile[@]}" || code=${PIPESTATUS[1]}
  if ! grep -q '^Capturing on\|^File:' "$CAPTURE_LOG"; then
    explain_no_capture
    return "$NO_PERMISSION"
  fi
  return "$code"
}
