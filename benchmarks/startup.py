#!/usr/bin/env python3
"""How much longer a service takes to start with LeakWatch on its class path. See README.md."""

import argparse
import re
import subprocess
import sys
import threading

from service import Service, add_options, in_pairs, machine, parse, summary

STARTED = re.compile(r"Started \S+ in ([\d.]+) seconds \(process running for ([\d.]+)\)")
WATCHING = "Watching for leaks"
FIGURES = ("started in", "process running for")


def start(command, timeout_seconds, watched):
    """Starts a service, kills it as soon as it says that it runs; the two times that it told, in ms."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, errors="replace")
    timer = threading.Timer(timeout_seconds, process.kill)
    timer.start()
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            told = STARTED.search(line)
            if told:
                if any(WATCHING in each for each in lines) != watched:
                    sys.exit("LeakWatch is %s:\n%s" % ("missing" if watched else "there", "".join(lines)))
                return tuple(1000 * float(seconds) for seconds in told.groups())
        sys.exit("The service has not started within %d s:\n%s" % (timeout_seconds, "".join(lines[-50:])))
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def report(pairs):
    """Pairs of (without, with), each a tuple of the figures."""
    yield "%d pairs, in ms: median (least to most)" % len(pairs)
    for position, figure in enumerate(FIGURES):
        without = [pair[0][position] for pair in pairs]
        with_it = [pair[1][position] for pair in pairs]
        yield ""
        yield figure
        yield "  without LeakWatch       " + summary(without)
        yield "  with LeakWatch          " + summary(with_it)
        yield "  difference within pairs " + summary([b - a for a, b in zip(without, with_it)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser, 10)
    parser.add_argument("--timeout", type=int, default=180, help="seconds that one start may take (default: 180)")
    options, java = parse(parser)

    with Service(options.jar) as service:
        if not service.taken_out:
            parser.error("%s has no LeakWatch in it" % options.jar)

        def measure(watched):
            command = service.command(java, watched, ["-Xmx" + options.max_heap], {"server.port": 0})
            return start(command, options.timeout, watched)

        for line in machine(java):
            print(line)
        print("with and without: " + ", ".join(service.taken_out), flush=True)
        pairs = []
        for number, times in in_pairs(options.pairs, measure):
            print("pair %2d%s: without %s ms, with %s ms" % (
                number, " (warm-up, not counted)" if number == 0 else "",
                " / ".join("%.0f" % each for each in times[False]),
                " / ".join("%.0f" % each for each in times[True])), flush=True)
            if number > 0:
                pairs.append((times[False], times[True]))
    print()
    for line in report(pairs):
        print(line)


if __name__ == "__main__":
    main()
