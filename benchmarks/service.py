"""What the benchmarks of a service have in common: two class paths from one executable jar, and how figures are told."""

import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import tempfile
import zipfile

# The example runs on a shortened schedule. What is measured is the one that a service gets by default.
DEFAULT_SCHEDULE = {
    "leakwatch.watch.interval": "15s",
    "leakwatch.watch.warm-up": "5m",
    "leakwatch.budget": "0.005",
    "leakwatch.snapshots.interval": "10m",
}

HERE = pathlib.Path(__file__).resolve().parent


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


class Service:
    """An unpacked service, with LeakWatch and without, as a context that removes it in the end."""

    def __init__(self, jar):
        self.folder = tempfile.TemporaryDirectory(prefix="leakwatch-benchmark-")
        self.main_class, self.full = class_path(jar, pathlib.Path(self.folder.name))
        self.bare = [path for path in self.full if not is_leakwatch(path)]
        self.taken_out = [path.name for path in self.full if is_leakwatch(path)]

    def command(self, java, watched, jvm_options, properties):
        """What starts it, on the default schedule where the properties do not say otherwise."""
        path = os.pathsep.join(map(str, self.full if watched else self.bare))
        arguments = ["--%s=%s" % each for each in {**DEFAULT_SCHEDULE, **properties}.items()]
        return [java, *jvm_options, "-cp", path, self.main_class, *arguments]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()


def in_pairs(count, measure):
    """Measures without and with LeakWatch, in turns; the number of each pair, of which 0 does not count, and the pair."""
    for number in range(count + 1):
        order = (False, True) if number % 2 == 0 else (True, False)
        yield number, {watched: measure(watched) for watched in order}


def add_options(parser, pairs):
    """The options that every benchmark of a service has."""
    parser.add_argument("--pairs", type=int, default=pairs,
                        help="pairs that count, besides the first (default: %d)" % pairs)
    parser.add_argument("--jar", type=pathlib.Path, default=HERE.parent / "example-service/target/example-service.jar",
                        help="an executable jar of Spring Boot with LeakWatch in it (default: the example service)")
    parser.add_argument("--max-heap", default="256m", help="the JVM's -Xmx (default: 256m)")


def parse(parser):
    """The options, checked, and the java to use."""
    options = parser.parse_args()
    if options.pairs < 1:
        parser.error("--pairs must be 1 or more")
    if not options.jar.is_file():
        parser.error("%s is not there: mvn -B -q -DskipTests -pl example-service -am package" % options.jar)
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else shutil.which("java")
    if not java:
        parser.error("no java: set JAVA_HOME")
    return options, java


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


def summary(values, form="%.0f"):
    """The median, the least and the most, each in this form."""
    return "%8s   (%s to %s)" % tuple(form % each for each in (statistics.median(values), min(values), max(values)))
