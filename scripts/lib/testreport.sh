# shellcheck shell=bash
# Adds up what the parts of scripts/test found, from Maven's reports and from lab-test.sh. Needs say.sh.

PASSED=0
FAILURES=()
SKIPS=()

pass_part() {
  PASSED=$((PASSED + 1))
  printf '%spassed%s  %s\n' "$GREEN" "$PLAIN" "$1"
}

fail_part() {
  FAILURES+=("$1")
  printf '%sfailed%s  %s\n' "$RED" "$PLAIN" "$1"
}

# skip_part WHAT WHY
skip_part() {
  SKIPS+=("$1: $2")
  printf 'skipped %s: %s\n' "$1" "$2"
}

# Reads JUnit's XML reports: a line "fail|skip CLASS.METHOD: WHY" for each test that did not pass, and "count N".
count_maven_tests() {
  local kind rest files=() file
  for file in "$@"; do [[ ! -f $file ]] || files+=("$file"); done
  ((${#files[@]})) || { fail_part "mvn verify has left no test report"; return; }
  while read -r kind rest; do
    case $kind in
      count) PASSED=$((PASSED + rest)) ;;
      fail) FAILURES+=("$rest") ;;
      skip) SKIPS+=("$rest") ;;
    esac
  done < <(awk '
    function attribute(name,  value) {
      if (!match($0, " " name "=\"[^\"]*\"")) return ""
      value = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
      gsub(/&#10;/, " ", value); gsub(/&lt;/, "<", value); gsub(/&gt;/, ">", value)
      gsub(/&quot;/, "\"", value); gsub(/&apos;/, "\x27", value); gsub(/&amp;/, "\\&", value)
      return value
    }
    function finish() {
      if (name != "" && outcome == "") passed++
      else if (name != "") print outcome, name (why != "" ? ": " why : "")
      name = ""
    }
    BEGIN { RS = "<" }
    /^testcase / { finish(); name = attribute("classname") "." attribute("name"); outcome = ""; why = "" }
    /^(failure|error)[ >]/ && outcome == "" { outcome = "fail"; why = attribute("message") }
    /^skipped/ { outcome = "skip"; why = attribute("message") }
    /^\/testsuite>/ { finish() }
    END { finish(); print "count", passed + 0 }
  ' "${files[@]}")
}

# Reads what lab-test.sh wrote: lines "pass NAME", "fail NAME", "skip NAME: WHY".
count_lab_tests() {
  local kind rest
  while read -r kind rest; do
    case $kind in
      pass) PASSED=$((PASSED + 1)) ;;
      fail) FAILURES+=("lab: $rest") ;;
      skip) SKIPS+=("lab: $rest") ;;
    esac
  done <"$1"
}

# Prints the sums and ends with them: summarize STRICT.
summarize() {
  local line code=0
  for line in "${FAILURES[@]}"; do printf '%sfailed%s   %s\n' "$RED" "$PLAIN" "$line"; done
  for line in "${SKIPS[@]}"; do printf 'skipped  %s\n' "$line"; done
  ((${#SKIPS[@]})) || echo "nothing was skipped"
  if ((${#FAILURES[@]})); then code=1; fi
  if ((${#SKIPS[@]})) && [[ $1 == yes ]]; then
    echo "skipped tests count as failures here"
    code=1
  fi
  printf '%d passed, %d failed, %d skipped\n' "$PASSED" "${#FAILURES[@]}" "${#SKIPS[@]}"
  return "$code"
}
