/*
 * How pages are laid out: each test measures what a reader would see, and
 * fails with an exception.
 */
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {fileURLToPath} from "node:url";
import {VIEWS} from "./browser.mjs";
import {choose, some} from "./pages.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PHONE = VIEWS[360];
const DESK = VIEWS[1280];

/* Runs in the page: how many screens high it is. */
function screens() {
	return document.documentElement.scrollHeight / innerHeight;
}

/* Of each list a few items, and no pictures that say nothing new. */
async function homesAreShort({page, pages}) {
	const homes = some(pages, "home page", (one) => one.kind === "home");

	for (const home of homes) {
		await page.goto(home.url);
		const found = await page.evaluate(screens);

		assert.ok(found <= 8.5, `${home.url}: ${found.toFixed(1)} screens`);
		assert.ok(await page.locator("main .item:visible").count() >= 3);
	}
}

/* A sentence that ends in a colon addresses nobody. */
async function onlyAddresseesAreAddressed({pages}) {
	const letters = some(pages, "letter", (one) =>
		/class="official-to"/.test(one.html));

	for (const letter of letters) {
		const [, text] = /class="official-to">([^<]*)/.exec(letter.html);

		assert.doesNotMatch(text, /如下|以下|现将|现就/, letter.url);
	}
}

/* A list of files says what they are, not what they are called. */
async function attachmentsHaveTitles({pages}) {
	const articles = some(pages, "article with files", (one) =>
		/class="attachment-name"/.test(one.html));

	for (const article of articles)
		for (const [, name] of article.html.matchAll(
			/class="attachment-name">([^<]*)/g))
			assert.doesNotMatch(name, /\.(csv|docx|pdf|xlsx)$/, article.url);
}

/* The list of sites says of each what it is for and how to reach it. */
async function sitesSayWhatFor({page, pages}) {
	const list = some(pages, "list of sites", (one) => one.kind === "sites")[0];

	await page.goto(list.url);
	const entries = await page.locator(".site-entry").all();

	assert.ok(entries.length > 5);
	for (const entry of entries) {
		assert.ok((await entry.locator(".site-entry-note").innerText())
			.length > 10);
		assert.equal(await entry.locator("a[href^='tel:']").count(), 1);
	}
}

/* The two marks at the foot stand beside each other, each on one line. */
async function marksStandTogether({page, pages}) {
	await page.goto(some(pages, "home page", (one) => one.kind === "home" &&
		one.site === "portal")[0].url);
	const boxes = await page.locator(".footer-marks a").evaluateAll((all) =>
		all.map((one) => [one.getBoundingClientRect().top,
			one.lastElementChild.getClientRects()[0].height /
			parseFloat(getComputedStyle(one).fontSize)]));

	assert.equal(boxes.length, 2);
	assert.equal(boxes[0][0], boxes[1][0]);
	assert.ok(boxes.every(([, lines]) => lines < 2), "on one line");
}

/*
 * Runs in the page: lines that have one character, with or without its stop,
 * and numbers that go on in the next line. What a line is, the characters'
 * boxes say. A unit in brackets may stand below what it counts.
 */
function brokenLines() {
	const wrong = [];
	const walker = document.createTreeWalker(document.querySelector("main"),
		NodeFilter.SHOW_TEXT);
	const blocks = new Map();

	function blockOf(node) {
		let block = node.parentElement;

		while (getComputedStyle(block).display === "inline")
			block = block.parentElement;
		return block;
	}

	function linesOf(nodes) {
		const lines = [];
		let last = -Infinity;

		for (const node of nodes)
			for (let at = 0; at < node.data.length; at++) {
				const range = document.createRange();

				range.setStart(node, at);
				range.setEnd(node, at + 1);
				const [box] = range.getClientRects();

				if (!box || box.width === 0 || !node.data[at].trim())
					continue;
				if (Math.abs(box.bottom - last) > 10)
					lines.push("");
				lines[lines.length - 1] += node.data[at];
				last = box.bottom;
			}
		return lines;
	}

	for (let node = walker.nextNode(); node; node = walker.nextNode())
		if (node.data.trim() && node.parentElement.checkVisibility() &&
				!node.parentElement.closest(
					".visually-hidden, svg, noscript, .materials thead, " +
					".policies thead")) {
			const block = blockOf(node);

			blocks.set(block, [...blocks.get(block) || [], node]);
		}
	for (const [block, nodes] of blocks) {
		const lines = linesOf(nodes);

		lines.forEach((line, i) => {
			const isAlone = lines.length > 1 && !/^（/.test(line) &&
				line.replace(/[^\p{L}\p{N}]/gu, "").length < 2;
			const isNumber = i > 0 && /\d$/.test(lines[i - 1]) &&
				/^\d/.test(line);

			if (isAlone || isNumber)
				wrong.push(`${block.localName}.${block.className}: ${
					lines.slice(Math.max(0, i - 1), i + 1).join(" / ")}`);
		});
	}
	return wrong;
}

/* What people search for, so that results are looked at as well. */
const SEARCHED = ["公积金", "身份证", "采购", "社保", "招生", "退休"];

/* Of every kind of page, all home pages, articles with tables, results. */
async function linesHoldTogether({page, pages}) {
	const [portal] = some(pages, "portal", (one) => one.kind === "search" &&
		one.site === "portal");
	const urls = new Set([
		...choose(pages).sample.filter(({page: one}) =>
			!/^kiosk/.test(one.kind)).map(({page: one}) => one.url),
		...pages.filter((one) => one.kind === "home" ||
			/class="(?:table-wrapper|consultation-state)/.test(one.html))
			.slice(0, 40).map((one) => one.url),
		...SEARCHED.map((words) => `${portal.url}?q=${words}`),
	]);

	const wrong = [];

	for (const width of [360, 768]) {
		await page.setViewportSize({width, height: 900});
		for (const url of urls) {
			await page.goto(url, {waitUntil: "networkidle"});
			for (const line of await page.evaluate(brokenLines))
				wrong.push(`${url} at ${width} px: ${line}`);
		}
	}
	assert.deepEqual(wrong, []);
}

/* Runs in the page: how much is empty below what stands in a block. */
function holesOfBlocks() {
	const shown = [...document.querySelectorAll("main .block")]
		.filter((block) => block.checkVisibility());

	return shown.map((block) => {
		const inside = block.getBoundingClientRect().bottom -
			parseFloat(getComputedStyle(block).paddingBottom);
		const bottoms = [...block.querySelectorAll("a, p, time, img, svg")]
			.map((one) => one.getBoundingClientRect())
			.filter((box) => box.height > 0).map((box) => box.bottom);

		return [Math.round(inside - Math.max(0, ...bottoms)),
			block.querySelector("h2")?.textContent];
	});
}

/* Blocks side by side are about as high as each other. */
async function blocksHaveNoHoles({page, pages}) {
	const MOST = 160;
	const wrong = [];

	for (const width of [768, 1280, 1920]) {
		await page.goto("about:blank");
		await page.setViewportSize({width, height: 900});
		for (const home of some(pages, "home page", (one) =>
			one.kind === "home")) {
			await page.goto(home.url, {waitUntil: "networkidle"});
			for (const [hole, name] of await page.evaluate(holesOfBlocks))
				if (hole > MOST)
					wrong.push(`${home.url} at ${width} px: ${hole} px ` +
						`below ${name}`);
		}
	}
	assert.deepEqual(wrong, []);
}

/* Runs in the page: tables whose heads do not say of what, and wide boxes. */
function reportProblems() {
	const problems = [...document.querySelectorAll("th:not([scope])")]
		.map((one) => `no scope: ${one.textContent}`);
	const width = document.documentElement.clientWidth;

	for (const one of document.body.querySelectorAll("main *"))
		if (one.getBoundingClientRect().right > width + 1 &&
				!one.parentElement.closest(".report-wide, svg") &&
				!one.closest("svg"))
			problems.push(`<${one.localName} class="${one.className}"> at ${
				width} px`);
	for (const table of document.querySelectorAll("table"))
		if (table.querySelectorAll("td").length === 0)
			problems.push("an empty table");
	for (const cell of document.querySelectorAll("th, td")) {
		const size = parseFloat(getComputedStyle(cell).fontSize);

		if (cell.textContent.trim().length > 3 &&
				cell.clientWidth < size * 3 && !cell.matches(".form-group"))
			problems.push(`on end: ${cell.textContent.trim()}`);
	}
	for (const one of document.querySelectorAll(".report-wide, .report-chart"))
		if (one.scrollWidth > one.clientWidth + 1 &&
				!/local/.test(getComputedStyle(one).backgroundAttachment))
			problems.push(`goes on unseen: ${one.textContent.trim()
				.slice(0, 40)}`);
	for (const text of document.querySelectorAll("svg text"))
		if (text.getBoundingClientRect().height < 9)
			problems.push(`too small: ${text.textContent}`);
	return problems;
}

/* Reports and forms that people print are pages, too. */
async function reportsAreReadable({page}) {
	for (const command of [["report", "inspection", "--months", "1"],
		["report", "annual"], ["report", "registers"], ["form", "site"],
		["form", "domain-audit"]]) {
		const html = execFileSync(process.env.JIYUE ?? "build/debug/jiyue",
			[...command, "--format", "html"],
			{cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26});

		for (const width of [360, 1280]) {
			await page.setViewportSize({width, height: 900});
			await page.setContent(html);
			assert.equal(await page.locator("h1").count(), 1);
			assert.ok(await page.locator("table").count() > 0, command.join(" "));
			assert.deepEqual(await page.evaluate(reportProblems), [],
				`${command.join(" ")} at ${width} px`);
		}
	}
}

/* Runs in the page: how far what stands there was moved, for no reason. */
function movedBy() {
	return new Promise((resolve) => new PerformanceObserver((list) =>
		resolve(list.getEntries().filter((one) => !one.hadRecentInput)
			.reduce((sum, one) => sum + one.value, 0)))
		.observe({type: "layout-shift", buffered: true}));
}

/* What is found comes into sight without moving what was there. */
async function resultsMoveNothing({page, pages}) {
	const [portal] = some(pages, "search", (one) => one.kind === "search" &&
		one.site === "portal");

	for (const words of ["公积金", "供热", "龘齉"]) {
		await page.goto("about:blank");
		await page.goto(`${portal.url}?q=${words}`,
			{waitUntil: "networkidle"});

		const moved = await Promise.race([page.evaluate(movedBy),
			page.waitForTimeout(500).then(() => 0)]);
		const found = await page.locator(".result").count();

		assert.ok(moved < 0.05, `${words}: moved by ${moved}`);
		assert.equal(await page.locator(".search-else").isVisible(), true);
		assert.equal(await page.locator(".search-columns").isVisible(),
			found <= 3, `${words}: where else one may look`);
	}
}

/* Runs in the page: the lines of an element, without the last. */
function linesBefore(element) {
	const node = element.lastChild;
	const lines = [];
	let last = -Infinity;

	for (let at = 0; at < node.data.length; at++) {
		const range = document.createRange();

		range.setStart(node, at);
		range.setEnd(node, at + 1);
		const [box] = range.getClientRects();

		if (box.bottom - last > 5)
			lines.push("");
		lines[lines.length - 1] += node.data[at];
		last = box.bottom;
	}
	return lines.slice(0, -1);
}

/* What stands on every page of a phone is not broken inside a word. */
async function noticeEndsAtStops({page, pages}) {
	await page.goto(some(pages, "home page", (one) => one.kind === "home" &&
		one.site === "portal")[0].url);
	for (const place of [".announce span:last-child",
		".footer-lines > :last-child"]) {
		const lines = await page.locator(place).last().evaluate(linesBefore);

		assert.ok(lines.length > 0, place);
		for (const line of lines)
			assert.match(line, /[，、。]$/, place);
	}
}

/* Runs in the page: rules below the last entry of a list. */
function rulesBelowLast() {
	return [...document.querySelectorAll(".items.is-full, .policies tbody, " +
		".consultations, .page-home .block-policies .items")]
		.map((list) => [...list.children].filter((one) =>
			one.checkVisibility()).pop())
		.filter((one) => one && getComputedStyle(one).borderBottomWidth !== "0px")
		.map((one) => one.textContent.trim());
}

/* Lists on a phone: one left edge, no line that parts nothing from nothing. */
async function listsAreClean({page, pages}) {
	for (const {page: target} of choose(pages).sample) {
		if (!/^(?:column|home|statistics)$/.test(target.kind))
			continue;
		await page.goto(target.url);
		assert.deepEqual(await page.evaluate(rulesBelowLast), [], target.url);
		for (const wrapper of await page.locator(".policies-wrapper, " +
			".table-wrapper:has(.tallies)").all())
			assert.ok(await wrapper.evaluate((one) =>
				one.scrollWidth <= one.clientWidth), target.url);
		if (await page.locator(".policies .item-link").count() > 0)
			assert.equal(
				(await page.locator(".policies .item-link").first()
					.boundingBox()).x,
				(await page.locator("h1.page-title, .listing-main h1").first()
					.boundingBox()).x, target.url);
	}
}

/* Runs in the page: how near the block of what is read most is to the list. */
function aboveHot() {
	const block = document.querySelector("main .listing-main .block-hot");

	return block === null ? Infinity : block.getBoundingClientRect().top -
		block.previousElementSibling.getBoundingClientRect().bottom;
}

/* What is read most stands apart from the list above it. */
async function hotStandsApart({page, pages}) {
	for (const one of some(pages, "column with what is read most", (each) =>
		each.kind === "column" && /block-hot/.test(each.html))) {
		await page.goto(one.url);
		assert.ok(await page.evaluate(aboveHot) >= 16, one.url);
	}
}

/* What is called a question is one. */
async function questionsAreQuestions({page, pages}) {
	const places = new Map(pages.map((one) => [one.url, one]));

	for (const one of some(pages, "page with questions", (each) =>
		/id="questions--title"/.test(each.html))) {
		await page.goto(one.url);
		for (const url of await page.locator("section[aria-labelledby=" +
			"'questions--title'] .item-link").evaluateAll((links) =>
			links.map((link) => link.href)))
			assert.match(places.get(url).html,
				/name="ColumnType" content="问答知识"/, `${one.url}: ${url}`);
	}
}

/* A site that is closed leads to those that are not, and has no menu. */
async function closedSiteHasNoMenu({page, pages}) {
	await page.goto(some(pages, "closed site", (one) =>
		one.kind === "notice")[0].url);
	assert.equal(await page.locator(".nav").isVisible(), false);
	assert.ok(await page.locator("main a.button").count() > 0);
}

/* Runs in the page: the spacing of WCAG 2.2, 1.4.12, over all of the theme's. */
function spaceWidely() {
	const sheet = new CSSStyleSheet();

	sheet.replaceSync(`* {
		line-height: 1.5 !important;
		letter-spacing: 0.12em !important;
		word-spacing: 0.16em !important;
	}
	p { margin-bottom: 2em !important; }`);
	document.adoptedStyleSheets = [sheet];
}

/* Runs in the page: boxes that hide a part of their text, or reach out. */
function cutOff() {
	const width = document.documentElement.clientWidth;

	return [...document.body.querySelectorAll("*")].filter((one) => {
		const {overflowX, overflowY} = getComputedStyle(one);
		const box = one.getBoundingClientRect();
		const hides = /hidden|clip/;

		if (!one.checkVisibility({visibilityProperty: true}) ||
				one.innerText?.trim() === "" || box.width === 0 ||
				one.closest("svg, .skip, .visually-hidden") ||
				one.parentElement.closest(".table-wrapper"))
			return false;
		return box.right > width + 1 ||
			(hides.test(overflowX) && one.scrollWidth > one.clientWidth + 1) ||
			(hides.test(overflowY) && one.scrollHeight > one.clientHeight + 1);
	}).map((one) => `${one.localName}.${one.className}`).slice(0, 5);
}

/* On a page of every kind. */
async function spacingCutsNothing({page, pages}) {
	for (const {page: target} of choose(pages).sample) {
		await page.goto(target.url);
		await page.evaluate(spaceWidely);
		assert.deepEqual(await page.evaluate(cutOff), [], target.url);
	}
}

/* Runs in the page: how far lines are apart, and paragraphs, in each's measure. */
function roomOfLines() {
	const [one, next] = [...document.querySelectorAll(".body > p + p")]
		.map((after) => [after.previousElementSibling, after])[0];
	const style = getComputedStyle(one);
	const line = parseFloat(style.lineHeight);

	return [line / parseFloat(style.fontSize),
		(next.getBoundingClientRect().top -
			one.getBoundingClientRect().bottom + line) / line];
}

async function linesHaveRoom({page, pages}) {
	const text = some(pages, "text of paragraphs", (one) =>
		one.kind === "article" && /<\/p>\s*<p>/.test(one.html))[0];

	await page.goto(text.url);
	const [line, paragraph] = await page.evaluate(roomOfLines);

	assert.ok(line >= 1.3, `lines: ${line}`);
	assert.ok(paragraph >= 1.3, `paragraphs: ${paragraph}`);
}

export const LAYOUTS = {
	"wide spacing of text": {view: PHONE, run: spacingCutsNothing},
	"wide spacing of text at a desk": {view: DESK, run: spacingCutsNothing},
	"lines have room": {view: PHONE, run: linesHaveRoom},
	"results move nothing": {view: PHONE, run: resultsMoveNothing},
	"the notice ends its lines at stops": {
		view: PHONE, run: noticeEndsAtStops,
	},
	"lists are clean on a phone": {view: PHONE, run: listsAreClean},
	"what is read most stands apart": {view: DESK, run: hotStandsApart},
	"what is called a question is one": {
		view: DESK, run: questionsAreQuestions,
	},
	"a closed site has no menu": {view: PHONE, run: closedSiteHasNoMenu},
	"lines hold together": {view: PHONE, run: linesHoldTogether},
	"blocks have no holes": {view: DESK, run: blocksHaveNoHoles},
	"reports are readable": {view: DESK, run: reportsAreReadable},
	"home pages on a phone are short": {view: PHONE, run: homesAreShort},
	"only addressees are addressed": {
		view: DESK, run: onlyAddresseesAreAddressed,
	},
	"attachments have titles": {view: DESK, run: attachmentsHaveTitles},
	"the list of sites says what each is for": {
		view: PHONE, run: sitesSayWhatFor,
	},
	"marks at the foot stand together": {
		view: PHONE, run: marksStandTogether,
	},
};
