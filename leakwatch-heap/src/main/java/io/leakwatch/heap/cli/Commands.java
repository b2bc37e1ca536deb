package io.leakwatch.heap.cli;

import java.io.IOException;

/** Does what a command line asks. */
final class Commands {

	private Commands() {
	}

	static Report run(Inputs inputs) throws IOException, UsageException {
		Command command = inputs.arguments().command;
		if (command == null) {
			throw new IllegalArgumentException("No command");
		}
		Report report = new Report();
		report.fact("command", "", Kind.TEXT, command.words());
		if (inputs.arguments().files.size() == 1) {
			report.fact("file", "", Kind.TEXT, inputs.file(0).toString());
		}
		switch (command) {
			case HISTOGRAM -> ClassReports.histogram(inputs, report);
			case SUMMARY -> SummaryReport.summary(inputs, report);
			case SUSPECTS -> GrowthReports.suspects(inputs, report);
			case PATHS -> PathReports.paths(inputs, report);
			case DOMINATORS -> ObjectReports.dominators(inputs, report);
			case THREADS -> ObjectReports.threads(inputs, report);
			case LOADERS -> ClassReports.loaders(inputs, report);
			case BEANS -> BeanReports.beans(inputs, report);
			case COLLECTIONS -> PathReports.collections(inputs, report);
			case DIFF -> GrowthReports.diff(inputs, report);
			case PROFILE -> ProfileCommand.save(inputs, report);
		}
		return report;
	}

}
