# results.tsv and results.md out of $raw. Sourced by `run`.

write_tsv() {
  awk -F'\t' 'BEGIN { OFS = "\t"; print "workload", "subject", "unit", "median", "min", "max", "runs" }
    { k = $1 OFS $2 OFS $3; if (!(k in n)) order[++m] = k; v[k, ++n[k]] = $4 + 0 }
    END { for (i = 1; i <= m; i++) { k = order[i]; c = n[k]
      for (a = 2; a <= c; a++) for (b = a; b > 1 && v[k, b] < v[k, b - 1]; b--) { t = v[k, b]; v[k, b] = v[k, b - 1]; v[k, b - 1] = t }
      printf "%s\t%.2f\t%.2f\t%.2f\t%d\n", k, v[k, int((c + 1) / 2)], v[k, 1], v[k, c], c } }' "$raw"
}
write_rows() { # results.tsv, goals.tsv -> the table, and whether each row is where it must be
  awk -F'\t' '
    function cell(k) { return (k in med) ? med[k] " [" lo[k] ", " hi[k] "]" : "-" }
    function ratio(a, b) { return (a in med) && (b in med) && med[b] > 0 ? sprintf("%.2f", med[a] / med[b]) : "-" }
    function over(r, g) { return r != "-" && g != "-" && r + 0 > g + 0 }
    FNR == NR { if ($0 !~ /^#/) { mn[$1 "\t" $2] = $3; mh[$1 "\t" $2] = $4; an[$1 "\t" $2] = $5; ah[$1 "\t" $2] = $6 } next }
    FNR > 1 && $3 == "allocated bytes/request" { allocated[$1] = $4; next }
    FNR > 1 && $3 !~ /^(user|system|requests|saturation|paced)/ {
      r = $1 "\t" $3; if (!(r in seen)) { seen[r] = 1; rows[++m] = r }; k = r SUBSEP $2; med[k] = $4; lo[k] = $5; hi[k] = $6 }
    END {
      print "| workload | evenkeel | nginx | haproxy | kestrel | x nginx | x haproxy | must, aim | allocated |"; print "|---|---|---|---|---|---|---|---|---|"
      for (i = 1; i <= m; i++) { r = rows[i]; split(r, p, "\t"); e = r SUBSEP "evenkeel"
        rn = ratio(e, r SUBSEP "nginx"); rh = ratio(e, r SUBSEP "haproxy"); verdict = ""
        if (r in mn) verdict = (over(rn, mn[r]) || over(rh, mh[r])) ? "**not reached**" : (over(rn, an[r]) || over(rh, ah[r])) ? "must" : "aim"
        if (r in mn && rn == "-" && rh == "-") verdict = "not compared"
        print "| " (p[2] == "us/request" ? p[1] : p[1] ", " p[2]) " | " cell(e) " | " cell(r SUBSEP "nginx") " | " cell(r SUBSEP "haproxy") " | " \
          cell(r SUBSEP "kestrel") " | " rn " | " rh " | " verdict " | " (p[2] == "us/request" && p[1] in allocated ? allocated[p[1]] : "") " |" } }' \
    "$here/workloads/goals.tsv" "$1"
}
write_md() { # results.tsv
  echo "# Gateway: cost of a request"
  echo
  echo "Written by \`benchmarks/gateway/run\` on $(date -u +%Y-%m-%d), at $(git -C "$root" describe --always --dirty 2>/dev/null || echo 'no commit'). Medians of $runs interleaved runs of $seconds s, [lowest, highest]."
  echo "The load average was $load_before when it began: above 0.3 the machine was shared and latencies tell of that. Figures of different days do not compare;"
  echo "the ratios of one table do."
  echo
  echo "EvenKeel on the $transport transport, .NET $(dotnet --list-runtimes | awk '/NETCore.App 10/ { v = $2 } END { print v }'); $(nginx -v 2>&1 | sed 's|.*: ||'); HAProxy $(haproxy -v 2>/dev/null | awk 'NR == 1 { print $3 }'); Kestrel with HttpClient on the same .NET;"
  echo "$(uname -sr), $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores. Subject on core 0 with one worker; load and server on core 1."
  echo "Unless a row says otherwise it is CPU microseconds (user and system) of the subject's process group for one request; lower is better. What all"
  echo "subjects do is in [README.md](README.md). *Must* and *aim* are the ratios of [goals.tsv](workloads/goals.tsv); *allocated* is bytes of the gateway's loop"
  echo "for each request once its connections are open."
  echo
  write_rows "$1"
  echo
  echo "User and system time apart are in [results.tsv](results.tsv). Not measured: ${absent[*]:-nothing}."
  echo "The routes rows and the meters row are of the gateway alone: how the cost grows with its routes, and what the metrics of one request cost."
  echo "Invalid runs (a run with any error is not counted): $(if [[ -s $invalid ]]; then tr '\n' ';' <"$invalid"; else echo none; fi)."
}
