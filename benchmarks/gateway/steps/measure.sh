# One run of one subject, and one workload of all. Sourced by `run`. What is found goes to $raw (workload, subject, unit, value) and $invalid.

note() { printf '%s\t%s\t%s\t%s\n' "$@" >>"$raw"; }
refuse() { echo "$*" | tr -s ' \n' ' ' | sed 's/ $/\n/' | tee -a "$invalid" >&2; }
cpu() { # user and system microseconds of a process group
  cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^\([0-9]*\) (.*) /\1 x /' \
    | awk -v group="${pid[$1]}" -v tick="$ticks" '$5 == group { u += $14; s += $15 } END { printf "%.0f %.0f\n", u * 1e6 / tick, s * 1e6 / tick }'
}
rss() { cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^\([0-9]*\) (.*) /\1 x /' | awk -v group="${pid[$1]}" '$5 == group { p += $24 } END { print p * 4096 }'; }
median() { # workload subject unit
  awk -F'\t' -v w="$1" -v n="$2" -v u="$3" '$1 == w && $2 == n && $3 == u { print $4 }' "$raw" | sort -g | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'
}
load() { # kind instance path script connections seconds -> "requests errors rate"
  local script=() url
  case $1 in
    handshakes) taskset -c 1 "$(program Generator)" handshakes "${https[$2]}" "$6" "$3" | awk -v s="$6" '{ print $1, $2, $1 / s }'; return ;;
    websocket) taskset -c 1 "$(program Generator)" websocket "${http[$2]}" "$6" | awk -v s="$6" '{ print $1, $2, $1 / s }'; return ;;
    https) url=https://127.0.0.1:${https[$2]} ;;
    tcp) url=http://127.0.0.1:${tcp[$2]} ;;
    *) url=http://127.0.0.1:${http[$2]} ;;
  esac
  [[ $4 == - ]] || script=(-s "$here/workloads/$4")
  taskset -c 1 wrk -t 1 -c "$5" -d "$6s" "${script[@]}" -H 'Host: bench.example' "$url$3" 2>&1 | awk '
    /requests in/ { n = $1 } /Requests\/sec/ { r = $2 }
    /Socket errors/ { gsub(",", ""); e += $4 + $6 + $8 + $10 } /Non-2xx/ { e += $NF } END { print n + 0, e + 0, r + 0 }'
}
sample() { # instance: has the gateway print what its loop has allocated
  local before=0 i
  before=$(wc -l <"$folder/$1.out")
  kill -USR1 "${pid[$1]}" 2>/dev/null
  for ((i = 0; i < 50; i++)); do [[ $(wc -l <"$folder/$1.out") -gt $before ]] && break; sleep 0.01; done
}
allocations() { # workload instance kind path script connections: of the second half of a run, when every connection is open
  local work
  load "${@:3:5}" 2 >"$folder/allocations.txt" &
  work=$!
  sleep 1
  sample "$2"
  sleep 0.7
  sample "$2"
  wait "$work"
  tail -n 2 "$folder/$2.out" | awk -v w="$1" 'NR == 1 { b = $1; n = $2 } NR == 2 && $2 > n { printf "%s\tevenkeel\tallocated bytes/request\t%.3f\n", w, ($1 - b) / ($2 - n) }' >>"$raw"
}
saturate() { # workload subject instance kind path script connections
  local u0 s0 u1 s1 requests errors rate
  read -r u0 s0 < <(cpu "$3")
  read -r requests errors rate < <(load "$4" "$3" "$5" "$6" "$7" "$seconds")
  read -r u1 s1 < <(cpu "$3")
  if [[ ${requests:-0} == 0 || ${errors:-1} != 0 ]]; then refuse "$1 $2: ${requests:-no} requests, ${errors:-unknown} errors"; return; fi
  awk -v w="$1" -v n="$2" -v u=$((u1 - u0)) -v s=$((s1 - s0)) -v r="$requests" -v q="$rate" 'BEGIN { OFS = "\t"
    print w, n, "us/request", (u + s) / r; print w, n, "user us/request", u / r; print w, n, "system us/request", s / r
    print w, n, "requests/s", q }' >>"$raw"
}
compare() { # workload kind path script connections: all subjects that can do it, interleaved
  local name run able=()
  for name in "${subjects[@]}"; do
    # The forwarder resumed almost no session when it was measured: its handshakes would be full ones.
    [[ $1/$name != tls-resumed/kestrel ]] || continue
    if [[ $2 == tcp && ($name == kestrel || ($name == nginx && -z $stream_module)) ]]; then continue; fi
    able+=("$name")
  done
  # The warm-up is for the compilers of .NET, which work longest at the first workload; it is as long for all.
  for name in "${able[@]}"; do load "$2" "$name" "$3" "$4" "$5" "$warm" >/dev/null; done
  for ((run = 0; run < runs; run++)); do
    for name in "${able[@]}"; do saturate "$1" "$name" "$name" "$2" "$3" "$4" "$5"; done
  done
  case $2 in http | https) allocations "$1" evenkeel "$2" evenkeel "$3" "$4" "$5" ;; esac
}
pace() { # workload: the same rate for all that can keep it
  local name one rate=0 run p50 p99 count errors able=()
  for name in "${subjects[@]}"; do
    one=$(median get-1k "$name" requests/s)
    [[ -n $one ]] || read -r _ _ one < <(load http "$name" /1k - 64 2)
    note "$1" "$name" "saturation requests/s" "$one"
    [[ $name == kestrel ]] || rate=$(awk -v a="$rate" -v b="$one" 'BEGIN { b = int(b / 2); print (a == 0 || b < a) ? b : a }')
    [[ $(awk -v a="$one" -v b="$rate" 'BEGIN { print (a > b * 1.3) }') == 1 ]] && able+=("$name")
  done
  for name in "${able[@]}"; do note "$1" "$name" "paced requests/s" "$rate"; done
  for ((run = 0; run < runs; run++)); do
    for name in "${able[@]}"; do
      read -r p50 p99 count errors < <(taskset -c 1 "$(program Generator)" pace "${http[$name]}" "$rate" $((seconds + 1)))
      if [[ ${errors:-1} != 0 ]]; then refuse "$1 $name: ${errors:-unknown} errors at $rate/s"; continue; fi
      note "$1" "$name" "p50 us" "$p50"
      note "$1" "$name" "p99 us" "$p99"
    done
  done
}
idle() { # workload connections: fresh processes, so that what was before is not what earlier workloads left
  local name run held input before after open errors
  for ((run = 0; run < runs; run++)); do
    for name in "${subjects[@]}"; do
      launch "$name" idle
      load http idle /1k - 1 1 >/dev/null
      before=$(rss idle)
      coproc holder { taskset -c 1 "$(program Generator)" idle "${http[idle]}" "$2"; }
      held=$holder_PID input=${holder[1]}
      read -r open errors <&"${holder[0]}"
      after=$(rss idle)
      if [[ $open == "$2" && $errors == 0 ]]; then
        awk -v w="$1" -v n="$name" -v a="$after" -v b="$before" -v c="$2" 'BEGIN { OFS = "\t"
          print w, n, "MiB", a / 1048576; print w, n, "MiB without connections", b / 1048576; print w, n, "bytes/connection", (a - b) / c }' >>"$raw"
      else
        refuse "$1 $name: $open connections, $errors errors"
      fi
      exec {input}>&-
      wait "$held"
      stop idle
    done
  done
}
routes() { # workload path connections: of the gateway alone, what more routes cost it, in the same process but for their number
  local run
  launch evenkeel routes --routes "${1#routes-}"
  load http routes "$2" - "$3" 3 >/dev/null
  for ((run = 0; run < runs; run++)); do saturate "$1" evenkeel routes http "$2" - "$3"; done
  stop routes
}
