#!/usr/bin/env python3
"""The heap engine beside its peers, each as a process of its own. See ../README.md."""

import argparse
import os
import pathlib
import platform
import re
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

PACKAGE = "io.leakwatch.benchmarks.heap."
SAMPLE_SECONDS = 0.02
MAPPING = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+ *(.*)$")


class Failure(Exception):
    pass


class Program:
    """One thing to measure: its name in the table, and its command for a dump."""

    def __init__(self, name, command):
        self.name = name
        self.command = command
        self.said = ""
        self.failure = None
        self.wall_s = []
        self.cpu_s = []
        self.peak_mb = []
        self.beside_dump_mb = []
        self.read_mb = 0.0


class Folder:
    """A fresh folder for each run, with a link to the dump: what a program keeps for its next run is gone with it."""

    def __init__(self, parent, dump):
        self.parent = parent
        self.dump = dump

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="leakwatch-heap-", dir=self.parent))
        link = self.path / "dump.hprof"
        link.symlink_to(self.dump)
        return self.path, link

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def resident_kb_beside(pid, dump):
    """What is resident of a process, the pages of the dump not counted."""
    resident_kb = 0
    counted = True
    try:
        with open("/proc/%d/smaps" % pid, errors="replace") as mappings:
            for line in mappings:
                if line.startswith("Rss:"):
                    resident_kb += int(line.split()[1]) if counted else 0
                elif line[0] in "0123456789abcdef":
                    mapping = MAPPING.match(line)
                    counted = mapping is None or mapping.group(1) != dump
    except (OSError, ValueError):
        return 0  # It has ended.
    return resident_kb


class Sampler(threading.Thread):
    """Looks at the memory of a process again and again, until it ends."""

    def __init__(self, pid, dump):
        super().__init__(daemon=True)
        self.pid = pid
        self.dump = str(dump)
        self.most_kb = 0
        self.ended = threading.Event()

    def run(self):
        while not self.ended.is_set():
            self.most_kb = max(self.most_kb, resident_kb_beside(self.pid, self.dump))
            self.ended.wait(SAMPLE_SECONDS)


def run(program, options, sampled):
    """Runs a program once; wall and CPU seconds, peak MB, MB beside the dump (if sampled), MB read from the disk."""
    with Folder(options.tmp, options.dump) as (folder, link):
        command = [part.replace("{dump}", str(link)).replace("{tmp}", str(folder)) for part in program.command]
        with open(folder / "out", "w+") as out, open(folder / "err", "w+") as err:
            begun = time.monotonic()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
            killer = threading.Timer(options.timeout, os.kill, (process.pid, signal.SIGKILL))
            killer.start()
            sampler = Sampler(process.pid, options.dump) if sampled else None
            try:
                if sampler:
                    sampler.start()
                _, status, usage = os.wait4(process.pid, 0)
            except BaseException:
                os.kill(process.pid, signal.SIGKILL)
                raise
            finally:
                killer.cancel()
            wall_s = time.monotonic() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            if sampler:
                sampler.ended.set()
                sampler.join()
            out.seek(0)
            err.seek(0)
            program.said = out.readline().strip()
            if process.returncode != 0:
                late = " (more than %d s)" % options.timeout if wall_s >= options.timeout else ""
                lines = err.read().strip().splitlines()
                raise Failure("exit %d%s%s" % (process.returncode, late, ": " + lines[0] if lines else ""))
    return (wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
            sampler.most_kb / 1024 if sampler else None, usage.ru_inblock * 512 / 2**20)


def programs(options, java):
    classes = str(options.peers / "classes")
    libraries = classes + os.pathsep + str(options.peers / "lib" / "*")
    begin = [java, "-Djava.io.tmpdir={tmp}", *shlex.split(options.java_options)]
    tool = ["-jar", str(options.jar)]
    return [
        Program("walk", [*begin, "-cp", classes, PACKAGE + "Walk", "{dump}"]),
        Program("LeakWatch histogram", [*begin, *tool, "histogram", "{dump}"]),
        Program("NetBeans histogram", [*begin, "-cp", libraries, PACKAGE + "NetBeansHistogram", "{dump}"]),
        Program("Shark histogram", [*begin, "-cp", libraries, PACKAGE + "SharkHistogram", "{dump}"]),
        Program("LeakWatch collections", [*begin, *tool, "collections", "{dump}"]),
        Program("LeakWatch suspects", [*begin, *tool, "suspects", "{dump}"]),
        Program("LeakWatch suspects, 64 MB", [*begin, "-Xmx64m", *tool, "suspects", "--memory", "64m", "{dump}"]),
        *(Program(name, shlex.split(command)) for name, _, command in (each.partition("=") for each in options.also)),
    ]


def machine(java):
    version = subprocess.run([java, "-version"], check=True, capture_output=True, text=True).stderr.splitlines()
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    named = re.search(r"^model name\s*: (.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    yield "machine: %d cores (%s), %.1f GiB of memory, %s %s" % (
        len(os.sched_getaffinity(0)), named.group(1) if named else platform.machine(), memory_gib,
        platform.system(), platform.release())
    yield "JDK: " + version[-1].strip() + " / " + version[1].strip()
    yield "load average before the first run: %.2f (1 min)" % os.getloadavg()[0]


def spread(values, digits):
    if not values:
        return "-"
    return "%.*f (%.*f–%.*f)" % (digits, statistics.median(values), digits, min(values), digits, max(values))


def table(measured, dump_mb):
    """Markdown: median (least–most). The last columns compare medians with the walk's, and memory with the file."""
    walk_s = next((statistics.median(each.wall_s) for each in measured if each.name == "walk" and each.wall_s), None)
    yield "| | wall, s | CPU, s | × walk | peak RSS, MB | beside the dump, MB | × file |"
    yield "|---|---|---|---|---|---|---|"
    for each in measured:
        if each.failure:
            yield "| %s | %s | | | | | |" % (each.name, each.failure.replace("|", "/"))
            continue
        times = "%.1f" % (statistics.median(each.wall_s) / walk_s) if walk_s else "-"
        share = "%.2f" % (statistics.median(each.beside_dump_mb) / dump_mb) if each.beside_dump_mb else "-"
        yield "| %s | %s | %s | %s | %s | %s | %s |" % (
            each.name, spread(each.wall_s, 2), spread(each.cpu_s, 2), times, spread(each.peak_mb, 0),
            spread(each.beside_dump_mb, 0), share)


def measure(measured, options):
    """The rounds: one that does not count, those for the times, those for the memory. Each begins with another program."""
    rounds = ["warm-up"] + ["time"] * options.repeats + ["memory"] * options.memory_repeats
    for number, purpose in enumerate(rounds):
        turn = number % len(measured)
        for program in measured[turn:] + measured[:turn]:
            if program.failure:
                continue
            try:
                wall_s, cpu_s, peak_mb, beside_dump_mb, read_mb = run(program, options, purpose == "memory")
            except Failure as failure:
                program.failure = str(failure)
                print("%-26s %s" % (program.name, program.failure), flush=True)
                continue
            print("%-26s %-7s %7.2f s wall %7.2f s CPU %6.0f MB%s" % (
                program.name, purpose, wall_s, cpu_s, peak_mb,
                ", %.0f beside the dump" % beside_dump_mb if beside_dump_mb is not None else ""), flush=True)
            if purpose == "time":
                program.wall_s.append(wall_s)
                program.cpu_s.append(cpu_s)
                program.peak_mb.append(peak_mb)
                program.read_mb += read_mb
            elif purpose == "memory":
                program.beside_dump_mb.append(beside_dump_mb)


def arguments():
    here = pathlib.Path(__file__).resolve().parent
    heap = here.parent.parent / "leakwatch-heap/target"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dump", type=pathlib.Path, help="a heap dump, for one of DumpMaker")
    parser.add_argument("--jar", type=pathlib.Path, help="leakwatch-heap's (default: the one under target)")
    parser.add_argument("--peers", type=pathlib.Path, default=here / "target",
                        help="the folder with classes/ and lib/ of the peers (default: target)")
    parser.add_argument("--repeats", type=int, default=5, help="runs for the times (default: 5)")
    parser.add_argument("--memory-repeats", type=int, default=3, help="runs for the memory (default: 3)")
    parser.add_argument("--only", action="append", default=[], metavar="TEXT",
                        help="just the programs with this in their name; can be repeated")
    parser.add_argument("--also", action="append", default=[], metavar="NAME=COMMAND",
                        help="one more program; {dump} and {tmp} in its command are replaced; can be repeated")
    parser.add_argument("--java-options", default="", help="for every JVM, as one text")
    parser.add_argument("--timeout", type=int, default=900, help="seconds that one run may take (default: 900)")
    parser.add_argument("--tmp", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()),
                        help="where the temporary files go (default: the system's folder for them)")
    options = parser.parse_args()
    if not options.jar:
        jars = [jar for jar in sorted(heap.glob("leakwatch-heap-*.jar")) if not jar.stem.endswith(("-sources", "-javadoc"))]
        options.jar = jars[-1] if jars else heap / "leakwatch-heap.jar"
    for needed in (options.dump, options.jar, options.peers / "classes", options.peers / "lib"):
        if not needed.exists():
            parser.error("%s is not there; the README of benchmarks has the commands that make it" % needed)
    options.dump = options.dump.resolve()
    options.jar = options.jar.resolve()
    options.peers = options.peers.resolve()
    if options.repeats < 1 or options.memory_repeats < 0:
        parser.error("--repeats must be 1 or more, --memory-repeats 0 or more")
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else shutil.which("java")
    if not java:
        parser.error("no java: set JAVA_HOME")
    return options, java


def main():
    options, java = arguments()
    measured = [each for each in programs(options, java)
                if not options.only or any(text in each.name for text in options.only)]
    dump_mb = options.dump.stat().st_size / 2**20
    for line in machine(java):
        print(line)
    print("dump: %s, %.0f MB" % (options.dump.name, dump_mb))
    print()
    with open(options.dump, "rb") as dump:
        while dump.read(1 << 24):
            pass
    measure(measured, options)
    print()
    for each in measured:
        print("%s says: %s" % (each.name, each.said))
        print("  " + shlex.join(each.command))
    print()
    print("%d repeats for the times, %d for the memory beside the dump: median (least–most)" % (
        options.repeats, options.memory_repeats))
    print()
    for line in table(measured, dump_mb):
        print(line)
    if any(each.read_mb > 1 for each in measured):
        print()
        print("Read from the disk during the runs, which should be nothing: " + ", ".join(
            "%s %.0f MB" % (each.name, each.read_mb) for each in measured if each.read_mb > 1))
    sys.exit(1 if any(each.failure for each in measured) else 0)


if __name__ == "__main__":
    main()
