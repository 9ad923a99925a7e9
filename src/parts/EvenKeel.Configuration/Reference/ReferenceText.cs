using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Files;
using EvenKeel.Configuration.Interpolation;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Reference;

/// <summary>The parts of the reference page that are not tables.</summary>
internal static class ReferenceText
{
    public const string Introduction =
        """
        # evenkeel.yaml, version 1

        <!-- Generated from the schema model of EvenKeel.Configuration. A test compares this page and says how to write it anew. -->

        One file describes a cluster: services, the gateway in front of them, the load to send and the proof to run. Keys that are not known,
        keys given twice and values that are out of range are errors; all errors of a file are reported at once, each with its place and
        [a code](errors.md). For completion in an editor, write the schema with `evenkeel schema` and begin the file with:

        ```yaml
        # yaml-language-server: $schema=./.evenkeel/evenkeel.schema.json
        ```

        A small file:

        ```yaml
        version: 1
        services:
          web:
            command: node server.js
            instances: 3
            health: { ready: /readyz }
        gateway:
          listen: 127.0.0.1:8080
        ```

        """;

    public static readonly string Values =
        $$"""
        ## Values

        ### Durations

        A number and a unit: `250ms`, `5s`, `2m`, `1h`, `1.5s`; joined with the largest unit first: `1m30s`. A bare number is an error.

        ### Sizes

        A number and a unit: `512B`, `64KiB` (1024 bytes), `10MB` (1000000 bytes); units are B, KB, KiB, MB, MiB, GB and GiB. A bare number is an error.

        ### Rates

        A number per second, with or without the unit: `200`, `200/s`, `0.5/s`.

        ### Requests

        Method and path: `GET /albums?page=1`. The long form adds a body and headers: `{ request: POST /albums, body: '{"title":"{value}"}', headers: { X-Test: "1" } }`.

        ### Placeholders

        In paths, bodies and header values, replaced each time a request is sent:

        | placeholder | becomes |
        |---|---|
        | `{value}` | a value that is unique in the run |
        | `{id}` | the element's id; in the request that adds, a new unique one |
        | `{n}` | the number of the request, from 0 |
        | `{seed}` | the seed of the run |

        In the requests of a load besides:

        | placeholder | becomes |
        |---|---|
        | `{uuid}` | a UUID that no other request has, of this run or another |
        | `{run}` | a text that differs between two runs |
        | `{now}`, `{now-90s}`, `{now+5s}` | the time of the request in UTC, such as `2026-01-31T12:00:00.000Z` |
        | `{boundary:30s}` | the last whole multiple of the duration at or before that time |
        | `{choice:red\|green}` | one of the words, drawn evenly |
        | `{int:1-500}` | a number from the first to the second, drawn evenly |

        What is drawn follows from the seed and the number of the request. In one request equal placeholders have equal values. Any other name in braces is an error; braces with anything but a name in them, as in JSON, are left alone.

        ### JSON pointers

        [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901): `/items/0/id`; `''` is the whole document; in names `~` is written `~0` and `/` is written `~1`.

        ### Thresholds

        Metric, operator and value: `p99<50ms`, `max<=2s`, `errors<0.1%`, `rate>100/s`. Metrics: `p50`, `p90`, `p95`, `p99`, `p99.9`, `max` and `mean` with a
        duration, `errors` with a percentage, `rate` with a rate. Operators: `<`, `<=`, `>` and `>=`.

        ### Commands

        `node server.js --title "two words"` is split at spaces with the quoting of a shell, but no shell runs and nothing is expanded; pipes and `&&` need
        `sh -c '...'`. A list takes the words as they are: `[node, server.js]`.

        ### Servers that must answer

        `- postgres: postgres://user@127.0.0.1:5432/db`, `- redis: redis://127.0.0.1:6379` or `- billing: tcp://127.0.0.1:9000`: what it is called in messages,
        and its address. The ports 5432 and 6379 may be left out.

        ## Variables

        Variables of the environment are replaced in values, never in keys, after the file is parsed, so that a value cannot change the file's structure.
        A `.env` file beside `evenkeel.yaml` gives further ones; the environment wins. It serves this alone and is not given to instances.

        | written | set | empty | not set |
        |---|---|---|---|
        | `${V}` | value | empty | error |
        | `${V:-word}` | value | word | word |
        | `${V-word}` | value | empty | word |
        | `${V:?message}` | value | error | error |
        | `${V?message}` | value | empty | error |
        | `${V:+word}` | word | empty | empty |
        | `${V+word}` | word | word | empty |
        | `$$` | a dollar | | |

        Words and messages may hold variables, {{Interpolator.MaxNesting}} levels deep; only the one that is taken is evaluated. `$V` without braces is an error: write `${V}` for the
        variable, or `$$V` for a dollar that a shell should see.

        ## References

        In the values of `env`, `${services.db.connection}` stands for the address of a server of this file that has a `kind`: as a URI
        (`connection`: `postgres://postgres@127.0.0.1:20000/postgres`, `redis://127.0.0.1:20001`, `http://127.0.0.1:20002`), or a part of it (`host`, `port`, `address`).
        They are replaced at the start, and the service starts after the server. Elsewhere they are errors.

        ## Limits

        | what | at most |
        |---|---|
        | size of the file | {{TextFile.MaxBytes / 1024 / 1024}} MiB |
        | maps and lists inside each other | {{NodeReader.MaxDepth}} |
        | one value after its variables are replaced | {{Interpolator.MaxLength / 1024 / 1024}} Mi characters |
        | errors shown | {{DiagnosticBag.Limit}} |

        Anchors, aliases, merge keys, tags and several documents in one file are not supported.

        """;
}
