# shellcheck shell=bash
# What every benchmark uses: its options, its figures, a lab of its own. Needs say.sh, tools.sh and LIB.
#
# A benchmark is a file bench-NAME.sh with a function bench_NAME, whose second line says what it measures.

QUICK=no JSON=no TIMES='' BENCH='' BENCH_FAILED=no
FIGURES=()

bench_names() {
  local file
  for file in "$LIB"/bench-*.sh; do
    file=${file##*/bench-}
    printf '%s ' "${file%.sh}"
  done
}

bench_exists() {
  [[ $1 =~ ^[a-z0-9]+$ && -f $LIB/bench-$1.sh ]]
}

bench_list() {
  local name
  for name in $(bench_names); do
    printf '  %-10s  %s\n' "$name" "$(sed -n '2s/^# //p' "$LIB/bench-$name.sh")"
  done
}

check_times() {
  [[ $1 =~ ^[1-9][0-9]{0,2}$ ]] || bad_usage "--times '$1': it is a number from 1 to 999"
}

# How often to measure.
times() {
  if [[ -n $TIMES ]]; then echo "$TIMES"; elif [[ $QUICK == yes ]]; then echo 1; else echo 3; fi
}

# figure METRIC OURS PEER: two numbers of which the larger one is the better.
figure() {
  local ratio
  ratio=$(awk -v ours="$2" -v peer="$3" 'BEGIN { if (peer > 0) printf "%.2f", ours / peer; else print "-" }')
  FIGURES+=("$BENCH $1 $2 $3 $ratio")
  [[ $JSON == yes ]] || printf '%s\n' "${FIGURES[-1]}"
}

# median_of COLUMN ROW...: of the numbers that stand in a column of rows of words.
median_of() {
  local column=$1
  shift
  printf '%s\n' "$@" | cut -d' ' -f"$column" | sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# no_figures WHY: the others are measured all the same, and at the end the script fails.
no_figures() {
  note "no figures here: $1"
  # shellcheck disable=SC2034 # scripts/bench ends with it
  BENCH_FAILED=yes
}

# All figures, if they are for a program.
print_document() {
  [[ $JSON == yes ]] || return 0
  printf '%s\n' "${FIGURES[@]}" | awk '
    BEGIN { printf "[" }
    {
      printf "%s\n  {\"bench\": \"%s\", \"metric\": \"%s\", \"ours\": %s, \"peer\": %s, \"ratio\": %s}",
        (NR > 1 ? "," : ""), $1, $2, $3, $4, ($5 == "-" ? "null" : $5)
    }
    END { print "\n]" }'
}

# Starts a lab that goes when this script goes; sets LAB to the words that speak to it.
start_bench_lab() {
  LAB=("$ROOT/scripts/lab" --name "bench-$$")
  trap '"${LAB[@]}" down >&2' EXIT
  trap 'exit 130' INT TERM HUP
  "${LAB[@]}" up >&2
}
