/*
 * The second opinion about markup, of html-validate: what it recommends beyond
 * the standard. It needs seconds without a pause, so it is a thread of its own:
 * `lint` starts it, and the same file is what runs there.
 */
import {readFileSync} from "node:fs";
import {Worker, isMainThread, parentPort, workerData}
	from "node:worker_threads";
import {HtmlValidate, StaticConfigLoader} from "html-validate";

/* What is not asked of any page, and why. */
const RULES = {
	/* A title names the text, its column and its site, and that of an
	   official document is given whole, however long. */
	"long-title": "off",
	/* The style sheet keeps these on one line. No-break spaces would be
	   copied along, and pasted where a number is dialled. */
	"tel-non-breaking": ["error", {ignoreClasses: ["number"]}],
	/* The id of a heading is its text, which may begin with a year; HTML
	   asks for no more than that it has no blanks. */
	"valid-id": ["error", {relaxed: true}],
};

/* And of pages for machines that people touch. */
const KIOSK_RULES = {
	/* Whoever walks away leaves the first page behind, after a time. */
	"meta-refresh": "off",
};

function checker(rules) {
	return new HtmlValidate(new StaticConfigLoader({
		root: true, extends: ["html-validate:recommended"],
		rules: {...RULES, ...rules},
	}));
}

/* Problems of each page, by its file. */
function lintAll(pages) {
	const usual = checker({});
	const kiosk = checker(KIOSK_RULES);

	return pages.map(({file, isKiosk}) => {
		const {results} = (isKiosk ? kiosk : usual)
			.validateStringSync(readFileSync(file, "utf8"), file);

		return [file, results.flatMap((result) => result.messages.map((one) =>
			`${one.line}:${one.column}: ${one.message} [${one.ruleId}]`))];
	});
}

/* The same, in a thread: `pages` have a file and say whether they are kiosk. */
export function lint(pages) {
	return new Promise((resolve, reject) => {
		const thread = new Worker(new URL(import.meta.url), {
			workerData: pages.map(({file, kind}) =>
				({file, isKiosk: /^kiosk/.test(kind)})),
		});

		thread.once("message", (rows) => resolve(new Map(rows)));
		thread.once("error", reject);
	});
}

if (!isMainThread)
	parentPort.postMessage(lintAll(workerData));
