#!/usr/bin/env python3
"""What LeakWatch costs a service under load: requests a second, their times, allocation, live heap. See README.md."""

import argparse
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import time

from service import HERE, Service, add_options, in_pairs, machine, parse, summary

STARTED = re.compile(r"Started \S+ in [\d.]+ seconds")
COLLECTION = re.compile(r"^\[([\d.]+)s\].*?(\d+)M->(\d+)M\(")
TOTAL = re.compile(r"^Total\s+\d+\s+(\d+)", re.MULTILINE)
OWN = re.compile(r"^\s*\d+:\s+\d+\s+(\d+)\s+\[*L?io\.leakwatch\.(?!example)", re.MULTILINE)

# Watching begins earlier than it would, so that all of it is in the short time that is measured.
WATCHED_SOON = {"leakwatch.watch.warm-up": "20s"}

FIGURES = [
    ("requests a second, as fast as they are answered", "%.0f", "throughput"),
    ("median time at the given rate, us", "%.0f", "p50"),
    ("99th percentile at the given rate, us", "%.0f", "p99"),
    ("99.9th percentile at the given rate, us", "%.0f", "p999"),
    ("allocated at the given rate, MB a second", "%.2f", "allocated"),
    ("live heap afterwards, MB", "%.2f", "live"),
]


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def wait_for_start(process, log, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if STARTED.search(log.read_text(errors="replace")):
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    sys.exit("The service has not started:\n" + log.read_text(errors="replace")[-5000:])


def send(java, port, seconds, rate):
    command = [java, "-Xmx128m", str(HERE / "Requests.java"), str(port), str(seconds), str(rate)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("The requests failed:\n" + done.stderr)
    return [float(each) for each in done.stdout.split()]


def allocated(log, begin, end):
    """MB a second from the first to the last collection between two moments, from the log of collections."""
    points = []
    for line in log.read_text().splitlines():
        told = COLLECTION.search(line)
        if told and begin <= float(told.group(1)) <= end:
            points.append((float(told.group(1)), int(told.group(2)), int(told.group(3))))
    if len(points) < 3:
        sys.exit("Too few collections to tell what was allocated: a longer --seconds, or a smaller --max-heap")
    grown = sum(later[1] - earlier[2] for earlier, later in zip(points, points[1:]))
    return grown / (points[-1][0] - points[0][0])


def measure(java, service, watched, options, folder):
    log, collections = folder / "service.log", folder / "gc.log"
    port = free_port()
    jvm_options = ["-Xmx" + options.max_heap, "-Xlog:gc:file=%s:uptime:filecount=0" % collections]
    command = service.command(java, watched, jvm_options, {"server.port": port, **WATCHED_SOON})
    with open(log, "w") as output:
        began = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for_start(process, log, 180)
        send(java, port, options.warm_up, 0)
        figures = {"throughput": send(java, port, options.seconds, 0)[0]}
        begin = time.monotonic() - began
        _, figures["p50"], figures["p99"], figures["p999"] = send(java, port, options.seconds, options.rate)
        figures["allocated"] = allocated(collections, begin, time.monotonic() - began)
        histogram = subprocess.run([str(pathlib.Path(java).resolve().parent / "jcmd"), str(process.pid),
                                    "GC.class_histogram"], check=True, capture_output=True, text=True).stdout
        figures["live"] = int(TOTAL.search(histogram).group(1)) / 1e6
        figures["own"] = sum(int(each) for each in OWN.findall(histogram)) / 1e6
        return figures
    finally:
        process.kill()
        process.wait()


def report(pairs):
    yield "%d pairs: median (least to most)" % len(pairs)
    for title, form, key in FIGURES:
        without = [pair[False][key] for pair in pairs]
        with_it = [pair[True][key] for pair in pairs]
        yield ""
        yield title
        yield "  without LeakWatch       " + summary(without, form)
        yield "  with LeakWatch          " + summary(with_it, form)
        differences = [b - a for a, b in zip(without, with_it)]
        yield "  difference within pairs " + summary(differences, form)
        yield "  its median in percent   %+.1f" % (
            100 * statistics.median((b - a) / a for a, b in zip(without, with_it)))
    yield ""
    yield "objects of LeakWatch's own classes, MB: " + summary([pair[True]["own"] for pair in pairs], "%.2f").strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser, 10)
    parser.add_argument("--warm-up", type=int, default=20, help="seconds of load before anything counts (default: 20)")
    parser.add_argument("--seconds", type=int, default=30, help="seconds of each of the two measurements (default: 30)")
    parser.add_argument("--rate", type=int, default=300, help="requests a second of the second one (default: 300)")
    options, java = parse(parser)

    with Service(options.jar) as service:
        if not service.taken_out:
            parser.error("%s has no LeakWatch in it" % options.jar)
        folder = pathlib.Path(service.folder.name)
        for line in machine(java):
            print(line)
        print("with and without: " + ", ".join(service.taken_out), flush=True)
        pairs = []
        for number, pair in in_pairs(options.pairs, lambda watched: measure(java, service, watched, options, folder)):
            print("pair %2d%s: %s" % (number, " (warm-up, not counted)" if number == 0 else "", "; ".join(
                "%s %s / %s" % (key, form % pair[False][key], form % pair[True][key]) for _, form, key in FIGURES)),
                flush=True)
            if number > 0:
                pairs.append(pair)
    print()
    for line in report(pairs):
        print(line)


if __name__ == "__main__":
    main()
