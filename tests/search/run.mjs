/*
 * The search page's own script against the index of a build, without a browser.
 *
 *	node run.mjs queries|recall|hostile|folds|figures PUBLIC DOMAIN [FILE]
 *
 * Each mistake is a line; the last line counts what was asked.
 */
import {readFileSync, readdirSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {brotliCompressSync, constants} from "node:zlib";
import vm from "node:vm";

const HERE = dirname(fileURLToPath(import.meta.url));
const SCRIPT = join(HERE, "../../themes/default/assets/search.js");

function loadScript() {
	const context = vm.createContext({console});

	vm.runInContext(readFileSync(SCRIPT, "utf8"), context);
	return context.jiyueSearch;
}

const script = loadScript();

class Asked {
	constructor(root) {
		this.files = new Map();
		this.index = new script.Index(`${root}/search/`, async (path) => {
			const bytes = readFileSync(path);

			this.files.set(path, bytes);
			return bytes.toString("utf8");
		});
	}

	/* What the page shows first, and what it may show in all. */
	async ask(query, all) {
		await this.index.open();
		const answer = await script.answer(this.index, query);

		while (answer.search && !answer.search.done &&
				(all || (answer.search.results().sure.length < 10 &&
				answer.search.reads < script.MOST_AT_FIRST)))
			await answer.search.next(script.AT_A_TIME);
		return {
			...answer,
			texts: answer.search ? answer.search.results().all : answer.texts,
		};
	}

	/* As a server sends them. */
	bytes() {
		let sum = 0;

		for (const bytes of this.files.values())
			sum += brotliCompressSync(bytes, {
				params: {[constants.BROTLI_PARAM_QUALITY]: 5},
			}).length;
		return sum;
	}
}

async function queries(root, file) {
	const rows = readFileSync(file, "utf8").split("\n")
		.filter((line) => line && !line.startsWith("#"))
		.map((line) => line.split(" | "));

	for (const [query, title] of rows) {
		const {kind, texts} = await new Asked(root).ask(query, false);

		if (texts.length === 0 || !texts[0].title.includes(title))
			console.log(`${query}: ${kind}, ${texts.length}; first is ${
				texts[0] ? texts[0].title : "nothing"}, not ${title}`);
	}
	return rows.length;
}

/* Every text of the index, folded part by part, as a plain scan reads them. */
async function readTexts(root) {
	const index = new Asked(root).index;
	const texts = [];

	await index.open();
	for (const name of readdirSync(join(root, "search/b")))
		texts.push(...(await index.block(parseInt(name, 16))).texts);
	return texts;
}

/* The same numbers every time. */
function chances(seed) {
	let state = seed;

	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor(state / 2 ** 32 * below);
	};
}

async function recall(root, count) {
	const texts = await readTexts(root);
	const chance = chances(20260701);
	let asked = 0;

	while (asked < count) {
		const text = texts[chance(texts.length)];
		const parts = [text.title, text.number, text.summary, text.files,
			text.text].flatMap((part) => part.split("\x1f"));
		const part = [...parts[chance(parts.length)]];
		const long = 2 + chance(7);
		const query = part.slice(...[chance(part.length)]
			.flatMap((at) => [at, at + long])).join("");

		if (!/^\p{Script=Han}{2,8}$/u.test(query))
			continue;
		asked++;
		const found = await new Asked(root).ask(query, true);
		const folded = script.fold(query);
		const wanted = texts.filter((one) => one.folded.includes(folded))
			.map((one) => one.address);
		const exact = found.texts.filter((one) =>
			one.folded.includes(folded)).map((one) => one.address);
		const missing = wanted.filter((one) => !exact.includes(one));
		const variants = found.search ? found.search.variants : [];
		/* titles in parts stand in front, and the page says so */
		const front = found.search ? found.search.front : [];
		const wrong = found.texts.filter((one) => !front.includes(one) &&
			!variants.some((words) =>
			words.every((word) => one.folded.includes(word))));

		if (found.kind !== "exact" || missing.length > 0 || wrong.length > 0)
			console.log(`${query}: ${found.kind}, misses ${missing}, shows ${
				wrong.map((one) => one.address)}`);
	}
	return asked;
}

/* Whatever is typed gives an answer, and asks for files of the index alone. */
async function hostile(root) {
	/* what makes markup or a program of a text */
	const [sink] = readFileSync(SCRIPT, "utf8").match(
		/\w+HTML\b|document\.write|\beval\(|\bFunction\(|srcdoc|DOMParser|createContextualFragment/) || [];
	const typed = ["<script>alert(1)</script>", "\"><img src=x onerror=1>",
		"../../etc/passwd", "%00", "\u202e教育", "教育\u0000", "[", "(", "\\",
		".*", "a".repeat(64), "𠮷野家", "😀😀", "_ _", "，。！", "ﬃ",
		"ﷺ", "İstanbul", "教 育", "__proto__", "constructor", "{q}", "\n\n",
		"供\u200b热", "1".repeat(64), "教".repeat(64)];

	if (sink)
		console.log(`search.js: ${sink}`);
	for (const query of typed) {
		const asked = new Asked(root);
		const {kind} = await asked.ask(query, true);

		if (!["exact", "words", "near", "none", "short"].includes(kind))
			console.log(`${JSON.stringify(query)}: ${kind}`);
		for (const path of asked.files.keys())
			if (!/^(index\.json|b\/[0-9a-f]+\.txt|s\/[0-9a-f]{3}\.txt)$/
				.test(path.slice(root.length + "/search/".length)))
				console.log(`${JSON.stringify(query)}: reads ${path}`);
	}
	return typed.length;
}

/* The table by which the program's folding is tested, for the script's. */
function folds(root, file) {
	const rows = [...readFileSync(file, "utf8")
		.matchAll(/^\t\{ ("[^"]*"), ("[^"]*") \},$/gm)]
		.map((row) => row.slice(1).map((text) => JSON.parse(text)));

	for (const [text, folded] of rows)
		if (script.fold(text) !== folded)
			console.log(`${text}: ${script.fold(text)}, not ${folded}`);
	return rows.length;
}

/* Files and compressed bytes of some queries. */
async function figures(root, file) {
	const rows = readFileSync(file, "utf8").split("\n").filter((line) => line);

	for (const query of rows) {
		const asked = new Asked(root);
		const {kind, texts} = await asked.ask(query, false);

		console.log([query, kind, texts.length, asked.files.size,
			asked.bytes()].join("\t"));
	}
	return rows.length;
}

const [what, folder, domain, more] = process.argv.slice(2);
const root = join(folder, domain);
const asked = await {queries, hostile, figures, folds,
	recall: () => recall(root, Number(more) || 1000)}[what](root, more);

console.log(`asked ${asked}`);
