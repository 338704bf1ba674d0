# shellcheck shell=bash
# The five sample files that the HTTP server serves: made from a seed, once. Needs say.sh, jdk.sh and ROOT.

SAMPLE_BYTES=$((52428800 + 104857600 + 524288000 + 1360583 + 32301))
SEED=1
SAMPLES=() # NAME=BYTES of each; none are the lab's own five

# Sets FILES, the folder to serve, and MANIFEST, what has to be in it.
locate_files() {
  local base=$ROOT/target
  mkdir -p "$base" 2>/dev/null || true
  if [[ ! -w $base && ! -f $base/sample-files.manifest ]]; then
    base=${XDG_CACHE_HOME:-$HOME/.cache}/wirelab
  fi
  FILES=${FILES:-$base/sample-files}
  MANIFEST=$FILES.manifest
}

manifest_head() {
  echo "# wirelab sample files, seed $SEED${SAMPLES[*]:+, }${SAMPLES[*]}"
}

# Are the files those that the manifest names, unchanged since it was written?
files_are_right() {
  local sha256 size name
  [[ $(head -n 1 "$MANIFEST" 2>/dev/null) == "$(manifest_head)" ]] || return 1
  while read -r sha256 size name; do
    [[ $sha256 == \#* ]] && continue
    [[ -f $FILES/$name && ! $FILES/$name -nt $MANIFEST && $(wc -c <"$FILES/$name") -eq $size ]] || return 1
  done <"$MANIFEST"
}

# Makes the sample files unless they are there and right.
make_files() {
  local begun
  locate_files
  files_are_right && return 0
  require_jdk
  require_space "$(dirname "$FILES")" "$SAMPLE_BYTES" "the sample files"
  begun=$(now_ms)
  note "making the sample files in $FILES"
  mkdir -p "$FILES"
  (
    if command -v flock >/dev/null; then
      exec 7>"$MANIFEST.lock"
      flock 7
    fi
    files_are_right || generate_files
    rm -f "$MANIFEST.lock"
  )
  note "made $(as_size "$SAMPLE_BYTES") in $(as_seconds $(($(now_ms) - begun))) s"
}

generate_files() {
  rm -f "$MANIFEST" "$FILES"/.*.part
  {
    manifest_head
    "$JDK/bin/java" -XX:+UseSerialGC "$LIB/SampleFiles.java" "$FILES" "$SEED" "${SAMPLES[@]}"
  } >"$MANIFEST.new" || {
    rm -f "$MANIFEST.new" "$FILES"/.*.part
    fail "$FAILED" "could not make the sample files"
  }
  mv "$MANIFEST.new" "$MANIFEST"
}

# require_space FOLDER BYTES WHAT-FOR
require_space() {
  local folder=$1 free
  while [[ ! -d $folder ]]; do folder=$(dirname "$folder"); done
  free=$(($(df -Pk "$folder" | awk 'NR == 2 { print $4 }') * 1024))
  ((free >= $2)) || fail "$FAILED" \
    "no room for $3: $folder has $(as_size "$free") free, $(as_size "$2") are needed"
}

# Compares files in a folder with the manifest, byte by byte; prints a line a file.
check_files() {
  local folder=$1 sha256 size name wrong=0
  while read -r sha256 size name; do
    [[ $sha256 == \#* ]] && continue
    if [[ ! -f $folder/$name ]]; then
      printf '%smissing%s  %s\n' "$RED" "$PLAIN" "$name"
      wrong=1
    elif [[ $(sha256_of "$folder/$name") == "$sha256" ]]; then
      printf '%sright%s    %-15s %12s bytes, sha256 %s...\n' "$GREEN" "$PLAIN" "$name" "$(with_commas "$size")" "${sha256:0:16}"
    else
      printf '%swrong%s    %s has other bytes than it should\n' "$RED" "$PLAIN" "$name"
      wrong=1
    fi
  done <"$MANIFEST"
  return "$wrong"
}

sha256_of() {
  if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}
