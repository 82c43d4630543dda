/*
 * What pages of a city owe to whoever comes with a question: each test is a
 * fault that once was there, or a promise of how a page is arranged.
 */
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {VIEWS} from "./browser.mjs";
import {choose, some} from "./pages.mjs";

const PHONE = VIEWS[360];
const DESK = VIEWS[1280];

function isKiosk(page) {
	return /^kiosk/.test(page.kind);
}

/* --- what every page says of itself ---------------------------------------- */

const OF_EVERY_PAGE = {
	"a description": /<meta name="Description" content="[^"]/i,
	"a picture for who passes it on": /(?:property="og:image" content="https:|content="https:[^"]*" property="og:image")/,
	"an icon as PNG": /rel="apple-touch-icon" href="[^"]+\.png"/,
};

const ON_NO_PAGE = {
	"an empty class": /class=""/,
	"aria-current=false": /aria-current="false"/,
	"县区适用 as a keyword": /name="(?:Column)?Keywords" content="[^"]*县区适用/,
};

/* Pages that stand in no menu have no place in it. */
const WITHOUT_PLACE = /^(?:notice|not-found|gone|archive|accessibility|sites|sitemap|search)$/;

async function everyPageIsWhole({pages}) {
	const wrong = [];

	for (const page of pages) {
		for (const [what, pattern] of Object.entries(OF_EVERY_PAGE))
			if (!isKiosk(page) && !pattern.test(page.html))
				wrong.push(`${page.url} has no ${what}`);
		for (const [what, pattern] of Object.entries(ON_NO_PAGE))
			if (pattern.test(page.html))
				wrong.push(`${page.url} has ${what}`);
		for (const [image] of page.html.matchAll(/<img [^>]*>/g))
			if (!/ width="\d/.test(image) || !/ height="\d/.test(image))
				wrong.push(`${page.url}: no room for ${image}`);
		if (!isKiosk(page) && !WITHOUT_PLACE.test(page.kind) &&
				!/aria-current="(?:page|true)"/.test(page.html))
			wrong.push(`${page.url} does not say where it is`);
	}
	assert.deepEqual(wrong.slice(0, 20), []);
}

/* --- home pages ------------------------------------------------------------ */

/* Runs in the page: pictures that are loaded and seen by nobody. */
function unseenPictures() {
	return [...document.querySelectorAll("main img")].filter((one) =>
		one.loading !== "lazy" && !one.checkVisibility() ||
		one.checkVisibility() && one.getBoundingClientRect().width < 20)
		.map((one) => one.src);
}

async function picturesAreSeen({page, pages}) {
	for (const home of some(pages, "home page", (one) =>
		one.kind === "home")) {
		await page.goto(home.url);
		assert.deepEqual(await page.evaluate(unseenPictures), [], home.url);
		for (const box of await Promise.all((await page.locator(
			".lead-picture img").all()).map((one) => one.boundingBox())))
			assert.ok(Math.abs(box.width / box.height - 16 / 9) < 0.05,
				`${home.url}: a lead of ${box.width} x ${box.height}`);
	}
}

/* Runs in the page: drawings of topics that lose an edge. */
function croppedDrawings() {
	return [...document.querySelectorAll(".topic-banner img, .topic-picture")]
		.filter((one) => one.checkVisibility() && one.naturalWidth > 0)
		.map((one) => [one.src, one.naturalWidth / one.naturalHeight -
			one.clientWidth / one.clientHeight])
		.filter(([, lost]) => Math.abs(lost) > 0.05);
}

async function drawingsAreWhole({page, pages}) {
	for (const one of some(pages, "topic", (each) =>
		/class="topic-(?:banner|picture)"/.test(each.html))) {
		await page.goto(one.url, {waitUntil: "networkidle"});
		await page.evaluate(() => Promise.all([...document.images].map((image) =>
			image.complete || (image.loading = "eager", image.decode()))));
		assert.deepEqual(await page.evaluate(croppedDrawings), [], one.url);
	}
}

/* Links to friends repeat no list of the city's own sites. */
async function friendsAreOthers({page, pages}) {
	for (const home of some(pages, "home page with friends", (one) =>
		one.kind === "home" && /class="footer-group"/.test(one.html))) {
		await page.goto(home.url);
		const [listed, friends] = await Promise.all([
			".block-directory a", ".footer-group a"].map((one) =>
			page.locator(one).evaluateAll((all) =>
				all.map((link) => link.getAttribute("href")))));

		assert.ok(friends.length > 0);
		assert.deepEqual(friends.filter((one) => listed.includes(one)), [],
			home.url);
	}
}

/* What a department does, where it is, when it is open, whom one may call. */
async function departmentsIntroduceThemselves({page, pages}) {
	for (const home of some(pages, "department", (one) =>
		one.kind === "home" && one.site === "department" &&
		/class="block block-unit/.test(one.html))) {
		await page.goto(home.url);
		const text = await page.locator(".block-unit").innerText();

		assert.match(text, /办公地址\s*\S/, home.url);
		assert.match(text, /办公时间\s*\S/, home.url);
		assert.ok(await page.locator(".block-unit a[href^='tel:']").first()
			.isVisible(), home.url);
		assert.ok(await page.locator(".block-unit li").count() >= 3, home.url);
		assert.ok(await page.locator(".person-photo").count() >= 2, home.url);
	}
}

/* The portal begins with what people come for. */
async function portalBeginsWithTasks({page, pages}) {
	const [home] = some(pages, "portal", (one) => one.kind === "home" &&
		one.site === "portal");

	await page.goto(home.url);
	const order = await page.evaluate(() => [".search", ".hot a",
		".shortcuts", ".tasks", ".block-lead"].map((one) =>
		document.querySelector(one).getBoundingClientRect().top));

	assert.deepEqual(order, [...order].sort((a, b) => a - b));
	const strip = await page.locator(".shortcuts").innerText();

	for (const name of ["政策库", "依申请公开", "意见征集", "12345", "领导之窗"])
		assert.ok(strip.includes(name), name);
	assert.ok(await page.locator(".tasks svg").count() >= 4, "drawings");
}

/* --- columns --------------------------------------------------------------- */

/* Runs in the page: how far a block ends above the others of its row. */
function holesOfSections() {
	const blocks = [...document.querySelectorAll(
		".sub-blocks > *, .topic-sections > *")]
		.filter((one) => one.checkVisibility());

	return blocks.map((one) => {
		const box = one.getBoundingClientRect();
		const row = blocks.map((other) => other.getBoundingClientRect())
			.filter((other) => Math.abs(other.top - box.top) < 2);
		const inside = [...one.querySelectorAll("a, time, img, p")]
			.map((part) => part.getBoundingClientRect())
			.filter((part) => part.height > 0).map((part) => part.bottom);

		return [Math.round(Math.max(...row.map((other) => other.bottom)) -
			Math.max(box.top, ...inside)),
		one.querySelector("h2")?.textContent];
	});
}

/* Runs in the page: where the blocks of a page begin. */
function edgesOfSections() {
	return [...new Set([...document.querySelectorAll(
		".listing-main > *, .sub-block > .block-head, .listing-main h1, " +
		".sub-block .person:first-child .person-photo")]
		.filter((one) => one.checkVisibility() && !one.closest(".hot"))
		.map((one) => Math.round(one.getBoundingClientRect().left)))];
}

async function columnsHaveNoHoles({page, pages}) {
	const MOST = 400;
	const wrong = [];

	for (const width of [768, 1280, 1920]) {
		await page.setViewportSize({width, height: 900});
		for (const one of some(pages, "column of columns", (each) =>
			/class="(?:sub-blocks|topic-sections)"/.test(each.html))) {
			await page.goto(one.url);
			for (const [hole, name] of await page.evaluate(holesOfSections))
				if (hole > MOST)
					wrong.push(`${one.url} at ${width} px: ${hole} px ` +
						`below ${name}`);
			if (one.kind === "column") {
				const edges = await page.evaluate(edgesOfSections);

				if (edges.length > 2)
					wrong.push(`${one.url} at ${width} px: ${edges}`);
			}
		}
	}
	assert.deepEqual(wrong, []);
}

/* A policy is named, numbered, dated and said to be in force. */
async function policiesAreTables({page, pages}) {
	for (const one of some(pages, "list of policies", (each) =>
		each.kind === "column" && /class="policies"/.test(each.html))) {
		await page.goto(one.url);
		assert.deepEqual(await page.locator(".policies thead th")
			.allInnerTexts(), ["标题", "文号", "日期", "状态"], one.url);
		for (const row of await page.locator(".policies tbody tr").all())
			assert.match(await row.innerText(),
				/〔\d{4}〕\d+号[^]*\d{4}-\d\d-\d\d[^]*(?:有效|已)/, one.url);
	}
	const [facets] = some(pages, "policies by facets", (each) =>
		each.kind === "facets" && each.site === "portal" &&
		/id="issuer|有效性/.test(each.html));

	await page.goto(facets.url);
	const names = await page.locator("main h2").allInnerTexts();

	for (const name of ["年份", "主题", "有效性"])
		assert.ok(names.includes(name), `${facets.url}: ${names}`);
	assert.ok(names.some((name) => /机关|单位/.test(name)), `${names}`);
}

/* --- texts ----------------------------------------------------------------- */

/* The policy that is explained has a line of its own, and only one. */
async function interpretationsNameOnce({page, pages}) {
	for (const one of some(pages, "interpretation", (each) =>
		each.kind === "article" &&
		/name="ColumnType" content="政策解读"/.test(each.html) &&
		/class="state-note is-calm"/.test(each.html))) {
		await page.goto(one.url);
		const notes = page.locator(".article > .state-note.is-calm", {
			has: page.locator("a"),
		});
		const box = await notes.first().boundingBox();
		const body = await page.locator("#article--body").boundingBox();
		const address = await notes.first().locator("a").first()
			.getAttribute("href");

		assert.ok(box.width > body.width * 0.9, one.url);
		assert.equal(await page.locator(`.article-links a[href="${address}"],` +
			` .article > :not(.body) a[href="${address}"]`).count(), 1,
		one.url);
	}
}

/* Beside the text, and in sight as long as it is read. */
async function contentsStayInSight({page, pages}) {
	const [policy] = some(pages, "policy with contents", (one) =>
		one.schema === "Legislation" && /class="contents"/.test(one.html))
		.sort((one, other) => other.html.length - one.html.length);

	await page.goto(policy.url);
	await page.evaluate(() => scrollTo(0, 900));
	const contents = await page.locator(".contents").boundingBox();
	const body = await page.locator("#article--body").boundingBox();

	assert.ok(contents.x > body.x + body.width, "in the right margin");
	assert.ok(contents.y >= 0 && contents.y < 100, `at ${contents.y} px`);
}

/* Materials are cards on a phone: what each cell is, stands before it. */
async function materialsAreCards({page, pages}) {
	for (const service of some(pages, "service with materials", (one) =>
		one.schema === "GovernmentService" &&
		/class="materials"/.test(one.html)).slice(0, 8)) {
		await page.goto(service.url);
		const [head, cell, wrapper] = [".materials thead",
			".materials td", ".table-wrapper:has(.materials)"].map((one) =>
			page.locator(one).first());

		assert.equal(await cell.evaluate((one) =>
			getComputedStyle(one, "::before").content !== "none"), true);
		assert.ok((await head.boundingBox())?.height < 5, "no head of a table");
		assert.ok(await wrapper.evaluate((one) =>
			one.scrollWidth <= one.clientWidth), service.url);
	}
}

/* Who took it down, when and why. */
async function withdrawnSaysWhy({page, pages}) {
	for (const one of some(pages, "page that was withdrawn", (each) =>
		each.kind === "gone" && /撤回原因/.test(each.html))) {
		const answer = await page.goto(one.url);

		assert.equal(answer.status(), 410);
		const text = await page.locator(".gone-facts").innerText();

		assert.match(text, /撤回日期\s*\d{4}-\d\d-\d\d/);
		assert.match(text, /撤回原因\s*\S{4}/);
	}
}

/* Links are known as links without pointing at them. */
async function crumbsAreLinks({page, pages}) {
	await page.goto(some(pages, "article", (one) =>
		one.kind === "article")[0].url);
	assert.match(await page.locator(".crumbs a").first().evaluate((one) =>
		getComputedStyle(one).textDecorationLine +
		getComputedStyle(one).borderBottomStyle), /underline|solid/);
}

/* --- paper ----------------------------------------------------------------- */

/* Runs in the page, as it is printed. */
function paperProblems() {
	const shown = (selector) => [...document.querySelectorAll(selector)]
		.filter((one) => one.checkVisibility());
	const text = document.body.innerText;
	const problems = [];

	for (const one of document.querySelectorAll(".steps li")) {
		const {color, backgroundColor} = getComputedStyle(one, "::before");

		if (color !== "rgb(0, 0, 0)" || !/, 0\)$/.test(backgroundColor))
			problems.push(`a step in ${color} on ${backgroundColor}`);
	}
	for (const one of document.querySelectorAll("body *"))
		if (getComputedStyle(one).position === "fixed" &&
				one.checkVisibility())
			problems.push(`on each page: ${one.className}`);
	if (shown(".announce").length > 0)
		problems.push("the notice of the demonstration");
	if (shown(".qr").length !== 1)
		problems.push(`${shown(".qr").length} squares`);
	for (const once of ["来源：", "发布时间：", "本页地址："])
		if (text.split(once).length !== 2)
			problems.push(`“${once}” ${text.split(once).length - 1} times`);
	return problems;
}

/* The words of each page of paper. */
async function printed(page, folder) {
	const file = join(folder, "page.pdf");

	await page.pdf({path: file, preferCSSPageSize: true});
	return execFileSync("pdftotext", [file, "-"], {encoding: "utf8"})
		.split("\f").slice(0, -1).map((one) => one.replace(/\s+/g, ""));
}

async function paperIsWhole({page, pages}) {
	const folder = mkdtempSync(join(tmpdir(), "jiyue-print-"));
	const texts = choose(pages).sample.filter(({name}) =>
		/^article-(?:service|policy|news|notice|table|files)$/.test(name));

	assert.ok(texts.length > 4);
	try {
		for (const {page: one} of texts) {
			await page.goto(one.url);
			await page.emulateMedia({media: "print"});
			assert.deepEqual(await page.evaluate(paperProblems), [], one.url);
			const sheets = await printed(page, folder);

			for (const words of sheets)
				assert.ok(words.length > 80,
					`${one.url}: a page of only “${words}”`);
			await page.emulateMedia({media: null});
		}
	} finally {
		rmSync(folder, {recursive: true});
	}
}

/* --- by keyboard ----------------------------------------------------------- */

/* Runs in the page: what can have the focus, numbered. */
function numberFocusable() {
	const all = [...document.querySelectorAll("a[href], button, input, " +
		"select, textarea, summary, [tabindex='0']")].filter((one) =>
		one.checkVisibility({visibilityProperty: true}) && !one.disabled &&
		one.tabIndex >= 0 && one.getClientRects().length > 0);

	all.forEach((one, i) => one.setAttribute("data-walk", i));
	return all.length;
}

/* Tab comes to everything that can be pressed, and goes on. */
async function walkEverywhere({page, pages}) {
	for (const {name, page: target} of choose(pages).sample) {
		await page.goto(target.url, {waitUntil: "networkidle"});
		const count = await page.evaluate(numberFocusable);
		const seen = new Set();

		for (let i = 0; i < count * 2 + 40; i++) {
			await page.keyboard.press("Tab");
			const at = await page.evaluate(() =>
				document.activeElement?.getAttribute("data-walk") ?? "");

			if (at !== "" && seen.has(at) && seen.size >= count)
				break;
			if (at !== "")
				seen.add(at);
		}
		const missed = await page.locator("[data-walk]").evaluateAll(
			(all, known) => all.filter((one) =>
				!known.includes(one.getAttribute("data-walk")))
				.map((one) => one.outerHTML.slice(0, 90)), [...seen]);

		assert.deepEqual(missed, [], `${name}: ${target.url}`);
	}
}

export const CITIZEN = {
	"every page is whole": {view: DESK, run: everyPageIsWhole},
	"pictures are seen": {view: DESK, run: picturesAreSeen},
	"pictures are seen on a phone": {view: PHONE, run: picturesAreSeen},
	"drawings of topics are whole": {view: DESK, run: drawingsAreWhole},
	"friends are others": {view: DESK, run: friendsAreOthers},
	"departments introduce themselves": {
		view: DESK, run: departmentsIntroduceThemselves,
	},
	"the portal begins with tasks": {view: DESK, run: portalBeginsWithTasks},
	"columns have no holes": {view: DESK, run: columnsHaveNoHoles},
	"policies are tables": {view: DESK, run: policiesAreTables},
	"interpretations name their policy once": {
		view: DESK, run: interpretationsNameOnce,
	},
	"contents stay in sight": {view: DESK, run: contentsStayInSight},
	"materials are cards on a phone": {view: PHONE, run: materialsAreCards},
	"what is withdrawn says why": {view: DESK, run: withdrawnSaysWhy},
	"breadcrumbs are links": {view: DESK, run: crumbsAreLinks},
	"paper is whole": {view: DESK, run: paperIsWhole},
	"Tab comes everywhere": {view: DESK, run: walkEverywhere},
};
