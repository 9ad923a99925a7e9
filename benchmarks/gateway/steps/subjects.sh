# Starting and stopping what is measured. Sourced by `run`.

free_port() { # a port that nobody listens on now
  local candidate
  for candidate in $(shuf -i 21000-29000 -n 50); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; then echo "$candidate"; return; fi
  done
}
start() { # name core command..., in a process group of its own
  local name=$1 core=$2
  shift 2
  setsid taskset -c "$core" "$@" >"$folder/$name.out" 2>"$folder/$name.err" </dev/null &
  pid[$name]=$!
}
stop() {
  kill -TERM -- "-${pid[$1]}" 2>/dev/null
  wait "${pid[$1]}" 2>/dev/null
  unset "pid[$1]"
}
await() { # port name, until GET /1k answers 200
  local i
  for ((i = 0; i < 300; i++)); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1" && \
      printf 'GET /1k HTTP/1.0\r\nHost: bench.example\r\n\r\n' >&3 && head -c 12 <&3 | grep -q ' 200') 2>/dev/null; then return; fi
    sleep 0.1
  done
  echo "run: $2 does not answer on port $1" >&2
  for log in "$folder"/*.err "$folder"/*.out; do sed "s|^|run: $(basename "$log"): |" "$log" | tail -n 5 >&2; done
  exit 1
}
fill() { # template instance -> the configuration of that instance
  sed -e "s|@FOLDER@|$folder|g; s|@LOG@|$folder/$2.log|g; s|@HTTP@|${http[$2]}|g; s|@HTTPS@|${https[$2]}|g; s|@TCP@|${tcp[$2]}|g" \
    -e "s|@BACKEND@|${http[backend]}|g; s|@CERTIFICATE@|$folder/certificate.pem|g; s|@KEY@|$folder/key.pem|g; s|@BUNDLE@|$folder/bundle.pem|g" \
    -e "s|@LOAD_STREAM@|${stream_module:+load_module $stream_module;}|g; s|nginx.pid|$2.pid|g" "$here/peers/$1"
}
launch() { # subject instance [more arguments]: starts one on core 0 and waits until it answers
  local subject=$1 instance=$2
  shift 2
  http[$instance]=$(free_port) https[$instance]=$(free_port) tcp[$instance]=$(free_port)
  case $subject in
    evenkeel)
      start "$instance" 0 "$root/artifacts/bin/Subject/release/EvenKeel.Gateway.Subject" --transport "$transport" --http "${http[$instance]}" \
        --https "${https[$instance]}" --certificate "$folder/certificate.pem" --key "$folder/key.pem" --tcp "${tcp[$instance]}" \
        --backend "${http[backend]}" --log "$folder/$instance.log" "$@"
      ;;
    nginx)
      { fill nginx.conf "$instance"; [[ -z $stream_module ]] || fill nginx-stream.conf "$instance"; } >"$folder/$instance.conf"
      start "$instance" 0 nginx -c "$folder/$instance.conf" -e stderr
      ;;
    haproxy)
      fill haproxy.cfg "$instance" >"$folder/$instance.conf"
      start "$instance" 0 haproxy -f "$folder/$instance.conf"
      ;;
    kestrel)
      start "$instance" 0 "$(program Forwarder)" "${http[$instance]}" "${https[$instance]}" "$folder/certificate.pem" "$folder/key.pem" \
        "${http[backend]}" "$folder/$instance.log"
      ;;
  esac
  await "${http[$instance]}" "$instance"
}
