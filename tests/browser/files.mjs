/* What can be said of files without a browser: markup and weight. */
import {execFile} from "node:child_process";
import {readFileSync, statSync, writeFileSync, mkdtempSync, rmSync}
	from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {lint} from "./markup.mjs";

const MAX_HTML = 200 * 1024;
const MAX_ASSETS = 150 * 1024;
const FILES_AT_ONCE = 500;

const vnu = createRequire(import.meta.url)("vnu-jar");

/* The messages of the Nu Html Checker for these files. */
async function validate(files) {
	const {stderr} = await promisify(execFile)("java", [
		"-Xss4m", "-jar", vnu, "--format", "json", "--exit-zero-always",
		"--errors-only", ...files,
	], {maxBuffer: 256 * 1024 * 1024});

	return JSON.parse(stderr).messages;
}

/* Problems by file name: errors of markup. */
async function findErrors(files) {
	const errors = new Map(files.map((file) => [file, []]));

	for (let i = 0; i < files.length; i += FILES_AT_ONCE)
		for (const message of await validate(files.slice(i, i + FILES_AT_ONCE))) {
			const file = (message.url || "").replace(/^file:/, "");
			const known = errors.get(decodeURI(file));

			if (!known)
				throw new Error("vnu: " + message.message);
			known.push(`${message.lastLine}:${message.firstColumn || 1}: ${
				message.message}`);
		}
	return errors;
}

/*
 * A mistake of every sort that matters must be found by both checkers, or
 * "0 errors" says nothing.
 */
async function findKnownMistakes() {
	const folder = mkdtempSync(join(tmpdir(), "jiyue-vnu-"));
	const file = join(folder, "bad.html");

	try {
		writeFileSync(file, "<!doctype html><html lang=zh><title>x</title>" +
			"<p id=a><p id=a><img src=x><ul><p></ul>");
		const counts = {
			vnu: (await validate([file])).length,
			"html-validate": (await lint([{file}])).get(file).length,
		};

		return Object.keys(counts).filter((name) => counts[name] < 3)
			.map((name) => `${name} lets three mistakes pass`);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

function findWeight(page, publicDir) {
	const problems = [];
	const size = statSync(page.file).size;
	const assets = [...page.html.matchAll(
		/<(?:script src|link rel="stylesheet" href)="([^"]+)"/g)];
	let sum = 0;

	for (const [, address] of assets)
		sum += readFileSync(join(publicDir, page.domain, address)).length;
	if (size > MAX_HTML)
		problems.push(`the page has ${size} bytes`);
	if (assets.length === 0)
		problems.push("no style sheet");
	if (sum > MAX_ASSETS)
		problems.push(`styles and scripts have ${sum} bytes`);
	return problems;
}

/* Rows of name and problems, three a page. */
export async function checkFiles(pages, publicDir) {
	const [errors, faults] = await Promise.all([
		findErrors(pages.map((page) => page.file)), lint(pages),
	]);

	return [
		["the checkers of markup find mistakes", await findKnownMistakes()],
		...pages.flatMap((page) => {
			const name = page.domain + page.path;

			return [
				[`${name}: valid`, errors.get(page.file)],
				[`${name}: html-validate`, faults.get(page.file)],
				[`${name}: weight`, findWeight(page, publicDir)],
			];
		}),
	];
}
