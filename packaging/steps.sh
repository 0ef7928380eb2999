# Runs the steps of a long script, says how long each took, and sums up at the end.
# To be sourced; the script calls step NAME COMMAND... and, last, steps_done.
# shellcheck shell=sh

steps_file=$(mktemp)
steps_began=$(date +%s)
step_running=

trap 'steps_ended $?' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# step NAME COMMAND [ARGUMENT...]
step() {
    step_running=$1
    shift
    printf '\n=== %s\n' "$step_running"
    step_began=$(date +%s)
    "$@"
    note_step ok
    step_running=
}

note_step() {
    step_took=$(($(date +%s) - step_began))
    printf '%6d s  %-6s  %s\n' "$step_took" "$1" "$step_running" >>"$steps_file"
    printf '=== %s: %s after %d s\n' "$step_running" "$1" "$step_took"
}

# What happens at every exit, also at a failed step.
steps_ended() {
    trap - EXIT
    [ -z "$step_running" ] || note_step FAILED
    printf '\nTime by step:\n'
    cat "$steps_file"
    printf '%6d s  in all\n' $(($(date +%s) - steps_began))
    [ "$1" -eq 0 ] || printf '\nFAILED: %s (exit %d)\n' "${step_running:-between two steps}" "$1" >&2
    rm -f "$steps_file"
    exit "$1"
}
