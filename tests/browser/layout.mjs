/*
 * How pages are laid out: each test measures what a reader would see, and
 * fails with an exception.
 */
import assert from "node:assert/strict";
import {VIEWS} from "./browser.mjs";

const PHONE = VIEWS[360];
const DESK = VIEWS[1280];

/* The pages that a test is about; without any it cannot say anything. */
function some(pages, what, test) {
	const found = pages.filter(test);

	assert.ok(found.length > 0, `the build has no ${what}`);
	return found;
}

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

export const LAYOUTS = {
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
