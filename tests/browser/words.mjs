/*
 * How words, numbers and addresses stand on their lines, and what shows that a
 * table goes on at the side: each test measures, and fails with an exception.
 */
import assert from "node:assert/strict";
import {VIEWS} from "./browser.mjs";
import {some} from "./pages.mjs";

const PHONE = VIEWS[360];
const DESK = VIEWS[1280];

/*
 * Runs in the page: lines set to both edges whose characters stand further
 * apart than a reader takes for words. Numbers that are kept on one line cost
 * some of that.
 */
function tornLines() {
	const MOST = 1.3;
	const torn = [];

	function linesOf(block) {
		const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
		const lines = [];
		let last = -Infinity;

		for (let node = walker.nextNode(); node; node = walker.nextNode())
			for (let at = 0; at < node.data.length; at++) {
				const range = document.createRange();

				range.setStart(node, at);
				range.setEnd(node, at + 1);
				const [box] = range.getClientRects();

				if (!box || box.width === 0)
					continue;
				if (Math.abs(box.bottom - last) > 8)
					lines.push([]);
				lines[lines.length - 1].push([node.data[at], box.left]);
				last = box.bottom;
			}
		return lines;
	}

	for (const block of document.querySelectorAll(
		"#article--body p, #article--body li")) {
		const size = parseFloat(getComputedStyle(block).fontSize);

		for (const line of linesOf(block)) {
			const steps = line.slice(1).flatMap(([sign, left], i) =>
				/\p{Script=Han}/u.test(sign) &&
				/\p{Script=Han}/u.test(line[i][0]) ?
					[left - line[i][1]] : []);
			const mean = steps.reduce((sum, one) => sum + one, 0) /
				steps.length;

			if (steps.length > 3 && mean > size * MOST)
				torn.push(line.map(([sign]) => sign).join(""));
		}
	}
	return torn;
}

/* Addresses go on in the next line; the line before them is not torn apart. */
async function linesAreNotTorn({page, pages}) {
	for (const one of some(pages, "text with an address", (each) =>
		/<main[^]*id="article--body"[^]*\w<wbr>\.[^]*<\/main>/.test(each.html))) {
		await page.goto(one.url);
		assert.deepEqual(await page.evaluate(tornLines), [], one.url);
	}
}

/* Runs in the page: lines of the site's name that end inside a word. */
function wordsCut() {
	const name = document.querySelector(".brand-name a");
	const walker = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
	const cut = [];

	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const range = document.createRange();
		const bottoms = new Set();

		for (let at = 0; at < node.data.length; at++) {
			range.setStart(node, at);
			range.setEnd(node, at + 1);
			const [box] = range.getClientRects();

			if (box && node.data[at].trim())
				bottoms.add(Math.round(box.bottom));
		}
		if (bottoms.size > 1 && /\p{Script=Han}/u.test(node.data))
			cut.push(node.data);
	}
	return cut;
}

/* A name of a site that has no room on a phone is broken between its words. */
async function namesKeepWords({page, pages}) {
	for (const width of [320, 360]) {
		await page.setViewportSize({width, height: 800});
		for (const home of some(pages, "home page", (one) =>
			one.kind === "home")) {
			await page.goto(home.url);
			assert.deepEqual(await page.evaluate(wordsCut), [],
				`${home.url} at ${width} px`);
		}
	}
}

/* A telephone number of a text, with its area code, is a link that dials. */
async function numbersAreDialled({pages}) {
	const NUMBER = /\(0\d{2,3}\) \d{4} \d{4}/g;
	const texts = some(pages, "text with a telephone number", (one) =>
		/^(?:article|copy)$/.test(one.kind) && one.html.search(NUMBER) >= 0);
	let found = 0;

	for (const one of texts) {
		const [body] = /id="article--body"[^]*?<\/main>/.exec(one.html) ?? [""];
		const plain = body.replace(/<a [^]*?<\/a>/g, (link) => {
			found += link.includes('href="tel:') ? 1 : 0;
			return "";
		}).replace(/<[^>]*>/g, "");

		assert.deepEqual(plain.match(NUMBER) ?? [], [], one.url);
	}
	assert.ok(found > 20, `${found} numbers`);
}

/* Runs in the page: wide tables without a shade where they go on. */
function unmarkedTables() {
	return [...document.querySelectorAll(".table-wrapper")]
		.filter((one) => one.scrollWidth > one.clientWidth + 1)
		.map((one) => getComputedStyle(one).backgroundAttachment)
		.map((attachment) => /local.*scroll/.test(attachment));
}

/* What is moved sideways shows that it can be. */
async function tablesShowMore({page, pages}) {
	let wide = 0;

	for (const one of some(pages, "table", (each) =>
		/class="table-wrapper"/.test(each.html)).slice(0, 40)) {
		await page.goto(one.url);
		const marked = await page.evaluate(unmarkedTables);

		wide += marked.length;
		assert.ok(marked.every(Boolean), one.url);
	}
	assert.ok(wide > 0, "a table that is wider than a phone");
}

/* What its sponsor has beside its own site is no site of a department. */
async function othersStandApart({page, pages}) {
	await page.goto(some(pages, "list of sites", (one) =>
		one.kind === "sites")[0].url);
	assert.deepEqual(await page.locator("h2:text-is('其他网站') + ul " +
		".site-entry-name").allTextContents(),
	["示范市政府网站集约化平台使用手册"]);
}

export const WORDS = {
	"lines are not torn apart": {view: DESK, run: linesAreNotTorn},
	"names of sites keep their words": {view: PHONE, run: namesKeepWords},
	"numbers in texts are dialled": {view: PHONE, run: numbersAreDialled},
	"wide tables show that they go on": {view: PHONE, run: tablesShowMore},
	"other sites stand apart": {view: DESK, run: othersStandApart},
};
