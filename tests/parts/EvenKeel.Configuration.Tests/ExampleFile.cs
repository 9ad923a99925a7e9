namespace EvenKeel.Configuration.Tests;

/// <summary>A valid file that uses every key.</summary>
internal static class ExampleFile
{
    public static readonly Dictionary<string, string> Environment = new() { ["DB_USER"] = "ada", ["WEB_INSTANCES"] = "3" };

    public const string Text =
        """
        # yaml-language-server: $schema=./.evenkeel/evenkeel.schema.json
        version: 1
        name: albums
        needs:
          - postgres: postgres://${DB_USER}@127.0.0.1/db
          - redis: redis://127.0.0.1
          - billing: tcp://127.0.0.1:9000
        state: { connection: embedded, port: 6390 }
        services:
          web:
            command: node server.js --title "two words"
            directory: web
            instances: ${WEB_INSTANCES:-2}
            ports: auto
            env: { KEY: value, DATABASE: '${services.db.connection}', NUMBER: 5, FLAG: true, DOLLAR: "$$5" }
            health: { ready: /readyz, live: /livez, interval: 2s, timeout: 250ms, rise: 1, fall: 4, start: 1m30s }
            restart: { delay: 1s, first: 1s, max: 10s }
            drain: { timeout: 5s, grace: 3s, signal: SIGINT }
            after: [api]
          api:
            command: [node, api.js, 8080]
            ports: [8081, 8082]
            weights: { api-1: 3, api-2: 2 }
          db: { kind: postgres, port: 5433, program: /opt/pg/bin/postgres, settings: { max_connections: 50 } }
          lb: { kind: nginx, targets: [web], template: nginx.conf }
        gateway:
          listen: 127.0.0.1:9090
          tls: { listen: 127.0.0.1:9443, certificates: [ { certificate: tls/site.pem, key: /etc/site.key } ], minimum: 1.3 }
          loops: 2
          transport: socket
          encodedSlashes: keep
          retry: { buffer: 32KiB }
          accessLog: { file: access.jsonl }
          trace: off
          affinitySecret: 0123456789abcdef0123456789abcdef
          regions:
            europe: { latitude: 52.5, longitude: 13.4, networks: 10.3.0.0/16, services: web, instances: [api-1] }
            america: { latitude: 39, longitude: -77.5, networks: [10.4.0.0/16, 'fd00:4::/32'], instances: api-2 }
          places:
            - { networks: 10.5.0.0/16, latitude: -33.9, longitude: 151.2 }
          limits: { head: 16KiB, fields: 50, body: 10MB, inspect: 8KiB, connections: 500 }
          timeouts: { connect: 1s, head: 2s, idle: 3s, response: 4s, request: 1m, keepAlive: 5s }
          ejection: { failures: 3, statuses: [503], ratio: 60, volume: 30, window: 5s, first: 1s, max: 10s, share: 40, panic: 20, slowStart: 3s }
          resilience:
            breaker: { ratio: 70, volume: 40, window: 6s, open: 7s, probes: 2 }
            concurrency: { service: 200, instance: 50, queue: 10, wait: 1s }
          services:
            api:
              retryBudget: { percent: 10, reserve: 5, window: 20s }
              proxyProtocol: v2
              tls: { serverName: api.example.com, authorities: tls/ca.pem, certificate: { certificate: tls/gw.pem, key: tls/gw.key }, insecure: false }
          proxyProtocol: { trusted: 10.1.0.0/16 }
          tcp:
            - { listen: 127.0.0.1:5432, service: api, balance: round-robin, connections: 50, timeouts: { handshake: 1s, connect: 3s, idle: 1h } }
            - listen: 127.0.0.1:9444
              sni: { shop.example.com: web, '*.example.com': web }
              default: web
              proxyProtocol: { trusted: [127.0.0.1, 'fd00::/8'] }
          routes:
            - { path: /api, service: api, balance: least-connections, retries: 0, rateLimit: { rate: 10/s, burst: 20, by: header, header: X-Key, keys: 500 } }
            - { host: old.example.com, redirect: { to: 'https://{host}{path}{query}', status: 308 } }
            - { path: { exact: /robots.txt }, respond: { status: 200, body: 'User-agent: *', type: text/plain } }
            - host: [shop.example.com, '*.shop.example.com']
              path: /users/{id}/posts
              match:
                method: [GET, HEAD]
                headers: { X-Beta: yes, X-Kind: { equals: a }, X-Trace: { present: true } }
                query: { debug: 1, q: { prefix: ab } }
                cookies: { old: { present: false } }
                client: [10.0.0.0/8, '::1']
                body: { /kind: order }
              split: { services: { web: 95, api: 5 }, by: { cookie: user } }
              rewrite: { path: '/v2/{id}', host: internal.example.com }
              requestHeaders: { set: { X-User: '{id}' }, add: { X-Via: evenkeel }, remove: X-Debug }
              responseHeaders: { set: { Server: shop }, add: { X-Frame-Options: DENY }, remove: [X-Powered-By] }
            - { path: /v1, split: { services: { web: 1, api: 1 }, by: { header: X-Tenant } }, rewrite: { prefix: / } }
            - { path: /ring, service: web, balance: { ring: { by: { cookie: user }, boundedLoad: 125, virtualNodes: 300 } } }
            - { path: /maglev, service: web, balance: { maglev: { by: { header: X-Tenant }, boundedLoad: 150 } } }
            - { path: /rendezvous, service: web, balance: { rendezvous: { by: { query: q } } } }
            - { service: web, affinity: { cookie: sid, gone: refuse }, rateLimit: { rate: 2.5/s } }
        load:
          requests:
            - GET /albums?at={now-5s}
            - name: add
              share: 3
              request: POST /albums
              body: '{"id":"{uuid}","kind":"{choice:lp|cd}","price":{int:1-9},"at":"{boundary:30s}","run":"{run}"}'
              expect: { status: [200, 201], json: { /id: '{uuid}', /at: '*' } }
            - { repeats: add, share: 0.5 }
            - { request: POST /albums, body: '{"n":{n}}', headers: { X-Seed: '{seed}' } }
          stages: [ { duration: 10s, rate: 100/s }, { duration: 1m, rate: 200, step: true } ]
          profiles: { short: { stages: [ { users: 2, duration: 1s } ], thresholds: [ p95<1s ] } }
          timeout: 3s
          thresholds: [ 'p99<50ms', 'errors<0.1%', rate>100 ]
        prove:
          seed: 42
          rate: 50/s
          control: 1s
          duration: 20s
          settle: 10s
          converge: 2s
          timeout: 1s
          timeScale: 2
          service: web
          workload:
            add: { request: POST /albums, body: '{"id":"{id}","title":"{value}"}', headers: { X-A: b }, id: /id }
            list: { request: GET /albums, items: '', id: /id, value: /title }
            get: GET /albums/{id}
            remove: { request: 'DELETE /albums/{id}' }
          probe: { request: GET /, interval: 50ms, timeout: 2s }
          scenarios:
            - name: staggered
              faults:
                - { kill: web-2, at: 4s, within: 500ms }
                - { kill: 2 of web, at: 5s }
                - { pause: [web-1, api-2], at: 6s, for: 2s }
              downtime: measure
            - { name: none, faults: [], downtime: 100ms }
          simultaneousKills: true
          checks: { divergence: false, lostWrites: true, readYourWrites: false, staleReads: true, duplicates: false, failedReads: true, downtime: measure, imbalance: 1.5 }

        """;
}
