package io.leakwatch.core.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders where the kernel shows the memory of the control group that this process
 * lives in and of those above it, of version 1 or 2. In a container the file
 * {@code /proc/self/cgroup} often names a path of the host that is not visible inside;
 * the mount's own root tells of the container then, and is always among them.
 *
 * @param folders the process' own group first, the mount's root last; none where there is
 * no control of memory
 * @param isVersion1 whether the files are those of version 1
 */
record CgroupFolders(List<Path> folders, boolean isVersion1) {

	private static final CgroupFolders NONE = new CgroupFolders(List.of(), false);

	/**
	 * Finds the folders.
	 * @param root the folder that stands for {@code /}
	 */
	static CgroupFolders find(Path root) {
		try {
			return find(root, Files.readAllLines(root.resolve("proc/self/cgroup"), StandardCharsets.UTF_8));
		}
		catch (IOException | InvalidPathException ex) {
			return NONE;
		}
	}

	private static CgroupFolders find(Path root, List<String> lines) {
		for (String line : lines) {
			// hierarchy-id:controllers:path; the path may hold further colons.
			String[] parts = line.split(":", 3);
			if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
				return new CgroupFolders(upwards(root.resolve("sys/fs/cgroup/memory"), parts[2]), true);
			}
		}
		for (String line : lines) {
			if (line.startsWith("0::")) {
				return new CgroupFolders(upwards(root.resolve("sys/fs/cgroup"), line.substring(3)), false);
			}
		}
		return NONE;
	}

	private static List<Path> upwards(Path mount, String group) {
		List<Path> folders = new ArrayList<>();
		Path folder = mount.resolve(group.replaceFirst("^/+", "")).normalize();
		while (folder != null && folder.startsWith(mount)) {
			folders.add(folder);
			folder = folder.getParent();
		}
		if (folders.isEmpty()) {
			folders.add(mount);
		}
		return folders;
	}

}
