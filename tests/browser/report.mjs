/* Results as lines of TAP: what was checked, and what is wrong with it. */

const PROBLEMS_SHOWN = 8;

export class Report {
	passed = 0;
	failed = 0;

	/* A check passes when it found no problem. */
	add(name, problems) {
		const number = this.passed + this.failed + 1;

		if (problems.length === 0) {
			this.passed++;
			console.log(`ok ${number} - ${name}`);
			return;
		}
		this.failed++;
		console.log(`not ok ${number} - ${name}`);
		for (const problem of problems.slice(0, PROBLEMS_SHOWN))
			console.log("#   " + problem.replaceAll("\n", "\n#     "));
		if (problems.length > PROBLEMS_SHOWN)
			console.log(`#   and ${problems.length - PROBLEMS_SHOWN} more`);
	}

	/* The plan and the closing line; returns the exit code. */
	close() {
		console.log(`1..${this.passed + this.failed}`);
		console.log(`${this.passed} passed, ${this.failed} failed`);
		return this.failed > 0 || this.passed === 0 ? 1 : 0;
	}
}
