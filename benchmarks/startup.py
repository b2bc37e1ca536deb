#!/usr/bin/env python3
"""How much longer a service takes to start with LeakWatch on its class path. See README.md."""

import argparse
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import zipfile

STARTED = re.compile(r"Started \S+ in ([\d.]+) seconds \(process running for ([\d.]+)\)")
WATCHING = "Watching for leaks"
FIGURES = ("started in", "process running for")

# The example runs on a shortened schedule. What is measured is the one that a service gets by default.
DEFAULT_SCHEDULE = [
    "--leakwatch.watch.interval=15s",
    "--leakwatch.watch.warm-up=5m",
    "--leakwatch.budget=0.005",
    "--leakwatch.snapshots.interval=10m",
]


def class_path(jar, folder):
    """Unpacks an executable jar; its main class, and its class path in the order that the jar says."""
    with zipfile.ZipFile(jar) as archive:
        archive.extractall(folder)
    manifest = (folder / "META-INF/MANIFEST.MF").read_text()
    main_class = re.search(r"^Start-Class: (\S+)", manifest, re.MULTILINE).group(1)
    index = (folder / "BOOT-INF/classpath.idx").read_text()
    libraries = [folder / path for path in re.findall(r'^- "(.+)"', index, re.MULTILINE)]
    return main_class, [folder / "BOOT-INF/classes", *libraries]


def is_leakwatch(path):
    return path.name.startswith("leakwatch-") and path.suffix == ".jar"


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


def machine(java):
    version = subprocess.run([java, "-version"], check=True, capture_output=True, text=True).stderr.splitlines()
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = platform.processor() or platform.machine()
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists():
        named = re.search(r"^model name\s*: (.+)$", cpuinfo.read_text(), re.MULTILINE)
        model = named.group(1) if named else model
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield "machine: %d cores (%s), %.1f GiB of memory, %s %s" % (
        cores, model, memory_gib, platform.system(), platform.release())
    yield "JDK: " + version[-1].strip() + " / " + version[1].strip()
    yield "load average before the first start: %.2f (1 min)" % os.getloadavg()[0]


def summary(values):
    return "%7.0f   (%.0f to %.0f)" % (statistics.median(values), min(values), max(values))


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
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10, help="pairs that count, besides the first (default: 10)")
    parser.add_argument("--jar", type=pathlib.Path,
                        default=here.parent / "example-service/target/example-service.jar",
                        help="an executable jar of Spring Boot with LeakWatch in it (default: the example service)")
    parser.add_argument("--max-heap", default="256m", help="the JVM's -Xmx (default: 256m)")
    parser.add_argument("--timeout", type=int, default=180, help="seconds that one start may take (default: 180)")
    options = parser.parse_args()
    if options.pairs < 1:
        parser.error("--pairs must be 1 or more")
    if not options.jar.is_file():
        parser.error("%s is not there: mvn -B -q -DskipTests -pl example-service -am package" % options.jar)
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else shutil.which("java")
    if not java:
        parser.error("no java: set JAVA_HOME")

    with tempfile.TemporaryDirectory(prefix="leakwatch-startup-") as folder:
        main_class, full = class_path(options.jar, pathlib.Path(folder))
        bare = [path for path in full if not is_leakwatch(path)]
        taken_out = [path.name for path in full if is_leakwatch(path)]
        if not taken_out:
            parser.error("%s has no LeakWatch in it" % options.jar)

        def measure(watched):
            path = os.pathsep.join(map(str, full if watched else bare))
            command = [java, "-Xmx" + options.max_heap, "-cp", path, main_class, "--server.port=0", *DEFAULT_SCHEDULE]
            return start(command, options.timeout, watched)

        for line in machine(java):
            print(line)
        print("with and without: " + ", ".join(taken_out), flush=True)
        pairs = []
        for number in range(options.pairs + 1):
            order = (False, True) if number % 2 == 0 else (True, False)
            times = {watched: measure(watched) for watched in order}
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
