package io.leakwatch.heap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;

/** Keeps what a dump tells in a small file. */
final class ProfileCommand {

	private ProfileCommand() {
	}

	static void save(Inputs inputs, Report report) throws IOException, UsageException {
		Path output = inputs.arguments().output;
		if (output == null) {
			throw new IllegalArgumentException("No file to write");
		}
		if (inputs.isProfile(0)) {
			throw new UsageException(Command.PROFILE, inputs.file(0) + " is a saved profile already");
		}
		if (Files.exists(output) && (!Files.isRegularFile(output) || !Inputs.isProfile(output))) {
			throw new UsageException(Command.PROFILE, output + " is there and is no profile; it is not replaced");
		}
		HeapProfile profile = inputs.profile(0);
		ProfileFile.write(profile, output);
		report.fact("output", "profile", Kind.TEXT, output.toString())
			.fact("outputBytes", "file size", Kind.BYTES, Files.size(output))
			.fact("classCount", "classes", Kind.COUNT, profile.classes().size())
			.fact("pathCount", "paths", Kind.COUNT, profile.paths().size() - 1)
			.fact("totalCount", "objects", Kind.COUNT, profile.totalCount())
			.fact("totalShallowBytes", "bytes", Kind.BYTES, profile.totalShallowBytes());
	}

}
