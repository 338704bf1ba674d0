# shellcheck shell=bash
# A lab's life: made, used, taken down, and swept up when something died. Needs the pieces before it.

# Makes the lab's folder and network; the caller owns it until it says `keep_lab`.
create_lab() {
  mkdir -m 700 "$LAB_DIR"
  put profile "$LAB_PROFILE"
  put pidns "$(our_pidns)"
  put owner "$(identity_of $$)"
  "${LAB_PROFILE}_create"
}

keep_lab() {
  forget owner
}

# Takes everything down and removes the lab's folder.
destroy_lab() {
  stop_daemons
  "$(fact profile)_destroy"
  remove_lab_folder
}

# Sweeps before a lab is made. The folder that is locked goes with the last lab in it, and is locked anew.
sweep_for_another() {
  sweep_labs
  # shellcheck disable=SC2153 # set by locate_lab
  [[ -d $LAB_BASE ]] || lock_labs
}

# Is the lab as it was left: its network there, and the command that must outlive it alive?
lab_is_sound() {
  local owner
  owner=$(fact owner)
  [[ -n $(fact profile) ]] && "$(fact profile)_runs" && { [[ -z $owner ]] || runs "$owner"; }
}

# Cleans up after labs whose processes were killed. Every command begins with it. Call it with the lock held.
sweep_labs() {
  local folder
  # shellcheck disable=SC2153 # set by locate_lab
  for folder in "$LAB_BASE"/*/; do
    [[ -d $folder ]] || continue
    sweep_lab "$(basename "$folder")"
  done
}

sweep_lab() {
  local LAB_NAME=$1 LAB_DIR=$LAB_BASE/$1 owner
  owner=$(fact owner)
  if [[ $(fact pidns) != "$(our_pidns)" && -n $(fact pidns) ]]; then
    return 0 # made in another container or inside a lab: its process numbers mean nothing here
  fi
  [[ -n $owner ]] && runs "$owner" && return 0 # a command is at work on it
  lab_is_sound && return 0
  note "lab $LAB_NAME was not ended by 'lab down': cleaning up what is left of it"
  if [[ -n $(fact profile) ]]; then destroy_lab; else remove_lab_folder; fi
}

# Ends with a clear word unless there is such a lab.
require_lab() {
  lab_exists && return 0
  local others
  others=$(ls "$LAB_BASE" 2>/dev/null || true)
  note "there is no lab '$LAB_NAME': start one with  scripts/lab --name $LAB_NAME up"
  [[ -z $others ]] || note "labs that run: ${others//$'\n'/, }"
  exit "$FAILED"
}
