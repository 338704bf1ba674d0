# shellcheck shell=bash
# A lab of a student's own: what is different in it follows from the id, as `client student` says. Needs the pieces before it.
# shellcheck disable=SC2034

# Sets VARIANT to all that is said of STUDENT, and from it where the files are and which.
ask_for_student() {
  local said name value
  declare -gA VARIANT=()
  java_command client
  said=$("${JAVA[@]}" student "$STUDENT") || exit
  while read -r name value; do VARIANT[$name]=$value; done <<<"$said"
  SEED=${VARIANT[seed]}
  read -ra SAMPLES <<<"${VARIANT[files]}"
  SAMPLE_BYTES=0
  for name in "${SAMPLES[@]}"; do SAMPLE_BYTES=$((SAMPLE_BYTES + ${name#*=})); done
  locate_files
  FILES=$(dirname "$FILES")/student-files/${VARIANT[user]}
  mkdir -p "$(dirname "$FILES")"
}

# Writes down what the daemons and the client of this lab are started with.
keep_student() {
  local fact
  for fact in student lease name user; do put "$fact" "${VARIANT[$fact]}"; done
  cat >"$LAB_DIR/student.zone" <<END
\$ORIGIN ${VARIANT[name]}.
\$TTL 60
@   IN  SOA  ns hostmaster 1 3600 600 86400 60
    IN  NS   ns
    IN  A    127.0.0.10
ns  IN  A    127.0.0.1
END
}

# Adds to OPTIONS what a student's own daemon is started with.
student_options() {
  local lease
  lease=$(fact lease)
  [[ -n $lease ]] || return 0
  case $1 in
    dns-server) OPTIONS+=(--zone "$LAB_DIR/student.zone") ;;
    dhcp-server)
      if [[ $(fact profile) == portable ]]; then
        OPTIONS=("${OPTIONS[@]/127.0.0.51-127.0.0.99/127.0.0.${lease##*.}-127.0.0.254}")
      else
        OPTIONS+=(--pool "$lease-10.20.30.254")
      fi ;;
  esac
}

# Adds to ENTER what a student's own client is told.
student_enter() {
  [[ -n $(fact student) ]] || return 0
  ENTER+=(WIRELAB_NAME="$(fact name)" WIRELAB_USER="$(fact user)")
}
