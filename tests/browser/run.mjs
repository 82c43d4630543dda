/*
 * Opens the pages of a build in Chromium and says what is wrong with them.
 *
 *	node run.mjs [--pages] [--all] [--screenshots DIR] [--only TEXT] PUBLIC
 *
 * Without --all: a page of every kind at the widths of a phone and a desk,
 * and how the pages behave. With it: every view, and the markup of every page.
 * With --pages: of any theme, so neither how they behave nor which there are.
 */
import {mkdirSync} from "node:fs";
import {cpus} from "node:os";
import {join, resolve} from "node:path";
import {parseArgs} from "node:util";
import {BEHAVIOURS, checkBehaviour} from "./behaviour.mjs";
import {SAMPLE_VIEWS, VIEWS, launch, newContext, newPage} from "./browser.mjs";
import {checkPage} from "./checks.mjs";
import {checkFiles} from "./files.mjs";
import {choose, readPages} from "./pages.mjs";
import {Report} from "./report.mjs";
import {startServer} from "./server.mjs";

const WORKERS = Math.min(4, cpus().length);

function readOptions() {
	const {values, positionals} = parseArgs({
		allowPositionals: true,
		options: {
			all: {type: "boolean", default: false},
			pages: {type: "boolean", default: false},
			screenshots: {type: "string"},
			only: {type: "string", default: ""},
		},
	});

	if (positionals.length !== 1) {
		console.error("usage: run.mjs [--pages] [--all] " +
			"[--screenshots DIR] [--only TEXT] PUBLIC");
		process.exit(2);
	}
	return {...values, publicDir: resolve(positionals[0])};
}

async function lookAt(world, target, viewName) {
	const view = VIEWS[viewName];
	const opened = await newPage(await world.contexts[viewName], world.server);

	try {
		const rows = await checkPage(opened, target, viewName, view);

		if (world.options.screenshots)
			await opened.page.screenshot({
				path: join(world.options.screenshots,
					`${target.name}-${viewName}.png`),
				fullPage: true,
			});
		return rows;
	} finally {
		await opened.page.close();
	}
}

/* One context a view, by name. */
function openViews(browser, options) {
	const names = options.all ? Object.keys(VIEWS) : SAMPLE_VIEWS;

	return Object.fromEntries(names.map((name) =>
		[name, newContext(browser, VIEWS[name])]));
}

/* Everything to be done, as functions that return rows. */
function listJobs(world, pages, sample) {
	const files = world.options.all ? pages :
		sample.map((target) => target.page);
	const jobs = [{
		name: "files",
		run: () => checkFiles(files, world.options.publicDir),
	}];

	for (const name of world.options.pages ? [] : Object.keys(BEHAVIOURS))
		jobs.push({name, run: () => checkBehaviour(world, pages, name)});
	for (const target of sample)
		for (const viewName of Object.keys(world.contexts))
			jobs.push({
				name: `${target.name} ${viewName}`,
				run: () => lookAt(world, target, viewName),
			});
	return jobs.filter((job) => job.name.includes(world.options.only));
}

/* A few at a time; the results come in the order of the jobs. */
async function runJobs(jobs, report) {
	const results = [];
	let next = 0;
	let printed = 0;

	async function work() {
		while (next < jobs.length) {
			const job = next++;

			results[job] = await jobs[job].run().catch((error) =>
				[[jobs[job].name, [error.stack]]]);
			while (results[printed])
				for (const [name, problems] of results[printed++])
					report.add(name, problems);
		}
	}
	await Promise.all(Array.from({length: WORKERS}, work));
}

async function main() {
	const options = readOptions();
	const report = new Report();
	const pages = readPages(options.publicDir);
	const {sample, missing} = choose(pages);
	const server = await startServer(options.publicDir);
	const browser = await launch(server);

	if (options.screenshots)
		mkdirSync(options.screenshots, {recursive: true});
	try {
		if (!options.pages)
			report.add("a page of every kind", missing.map((name) =>
				`no page is a ${name}`));
		const contexts = openViews(browser, options);

		await runJobs(listJobs({browser, server, contexts, options}, pages,
			sample), report);
	} finally {
		await browser.close();
		server.close();
	}
	process.exitCode = report.close();
}

await main();
