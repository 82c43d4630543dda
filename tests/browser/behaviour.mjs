/*
 * What the pages do: each test uses the site as a reader would, by keyboard
 * where it says so, and fails with an exception.
 */
import assert from "node:assert/strict";
import {VIEWS, newContext, newPage} from "./browser.mjs";
import {CITIZEN} from "./citizen.mjs";
import {LAYOUTS} from "./layout.mjs";
import {choose} from "./pages.mjs";
import {WORDS} from "./words.mjs";

const PHONE = VIEWS[360];
const DESK = VIEWS[1280];
const PHONE_WITHOUT_SCRIPT = VIEWS["no-script"];
const DESK_WITHOUT_SCRIPT = VIEWS["no-script-wide"];

const WORDS_TRIED = 4;

/* The first page that a test needs; without one it cannot say anything. */
function first(pages, what, test) {
	const page = pages.find(test);

	assert.ok(page, `the build has no ${what}`);
	return page;
}

function portalPages(pages) {
	return pages.filter((page) => page.site === "portal");
}

function isLive(page) {
	return page.kind === "article" && !/class="stamp"/.test(page.html);
}

function titleOf(page) {
	return /name="ArticleTitle" content="([^"]*)"/.exec(page.html)[1];
}

/* Presses Tab until what has the focus fits; fails after `limit`. */
async function tabTo(page, selector, limit = 80) {
	for (let i = 0; i < limit; i++) {
		await page.keyboard.press("Tab");
		if (await page.evaluate((wanted) =>
			document.activeElement.matches(wanted), selector))
			return;
	}
	assert.fail(`${limit} times Tab do not lead to ${selector}`);
}

/* Runs in the page: inside what is shown, and not covered by something. */
function isOnTop(element) {
	const box = element.getBoundingClientRect();
	const top = document.elementFromPoint(
		box.left + box.width / 2, box.top + box.height / 2);

	return top !== null && element.contains(top);
}

/* --- leaving the site ----------------------------------------------------- */

function outsideLink(page) {
	return page.locator("main a[href^='#leave-']").first();
}

async function openOutside({page, pages}) {
	const target = first(pages, "article with a link to outside",
		(one) => one.kind === "article" &&
			/<main[^]*href="#leave-[^]*<\/main>/.test(one.html));

	await page.goto(target.url);
	return outsideLink(page).getAttribute("href");
}

async function leaveSite(test, follow) {
	const {page, seen, server} = test;

	await openOutside(test);
	const notice = page.getByRole("dialog");
	const go = notice.getByRole("link", {name: "继续访问"});
	const stay = notice.getByRole("link", {name: "取消"});

	assert.equal(await notice.isVisible(), false, "hidden at first");
	assert.equal(await page.locator("[role=dialog]").count(), 1,
		"all links share one");
	await follow(outsideLink(page));
	await notice.waitFor({state: "visible"});
	assert.ok(await go.evaluate(isOnTop), "the notice lies on top");
	assert.match(await notice.innerText(), /即将离开“[^”]+”.*是否继续/);
	await follow(stay);
	await notice.waitFor({state: "hidden"});
	await follow(outsideLink(page));

	const address = await go.getAttribute("href");

	assert.ok((await notice.innerText()).includes(address),
		"the notice shows where the link leads");
	assert.ok(!server.domains.includes(new URL(address).host));
	assert.deepEqual(seen.requests, [], "nothing is asked of others yet");
	await Promise.all([
		page.waitForRequest((request) => request.url() === address),
		follow(go),
	]);
}

async function pressEnter(locator) {
	await locator.focus();
	await locator.press("Enter");
}

async function leaveByEscape(test) {
	const {page} = test;

	await openOutside(test);
	await pressEnter(outsideLink(page));
	await page.waitForFunction(() =>
		document.activeElement.closest("[role=dialog]"));
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({state: "hidden"});
	assert.ok(await outsideLink(page).evaluate((link) =>
		document.activeElement === link), "the focus is back on the link");
}

/* Tab goes round inside the dialog, both ways. */
async function focusStaysInside(test) {
	const {page} = test;

	await openOutside(test);
	await pressEnter(outsideLink(page));
	await page.getByRole("dialog").waitFor({state: "visible"});
	for (const key of ["Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab",
		"Shift+Tab", "Shift+Tab"]) {
		await page.keyboard.press(key);
		assert.ok(await page.evaluate(() => document.activeElement
			.closest("[role=dialog]") !== null), key);
	}
}

/* --- reading aloud -------------------------------------------------------- */

/* Runs in the page: a voice that is done when the test says so. */
function installVoice() {
	window.spoken = [];
	window.SpeechSynthesisUtterance = function (text) {
		this.text = text;
	};
	Object.defineProperty(window, "speechSynthesis", {value: {
		speak(utterance) {
			window.spoken.push(utterance);
		},
		cancel() {},
	}});
}

function lastSpoken(page) {
	return page.evaluate(() => {
		const {text, rate} = window.spoken[window.spoken.length - 1];

		return {text, rate, count: window.spoken.length};
	});
}

/* Ends each sentence until the voice has nothing more to say. */
function readToTheEnd(page) {
	return page.evaluate(() => {
		for (let i = window.spoken.length - 1; i < window.spoken.length; i++)
			window.spoken[i].onend();
		return window.spoken.map((one) => one.text);
	});
}

async function readAloud({page, pages}) {
	const service = first(pages, "service",
		(one) => one.schema === "GovernmentService" && isLive(one));
	const button = (name) => page.locator("main")
		.getByRole("button", {name, exact: true});

	await page.addInitScript(installVoice);
	await page.goto(service.url);
	await button("朗读").click();
	assert.ok(titleOf(service).startsWith((await lastSpoken(page)).text),
		"the title is read first");
	assert.equal(await page.evaluate(() =>
		CSS.highlights.get("spoken").size), 1, "it is marked");
	await page.getByLabel("朗读语速").selectOption({label: "语速快"});
	assert.equal((await lastSpoken(page)).rate, 1.5);
	await button("暂停").click();

	const {count, text} = await lastSpoken(page);

	await page.evaluate(() => window.spoken[window.spoken.length - 1].onend());
	assert.equal((await lastSpoken(page)).count, count, "it is quiet");
	await button("继续朗读").click();
	assert.equal((await lastSpoken(page)).text, text, "the same once more");

	const all = (await readToTheEnd(page)).join("\n");
	const places = await page.locator(
		"main .facts dt, main .part-title, main .part td, main .body p",
	).evaluateAll((parts) => parts.filter((part) => part.checkVisibility() &&
		!part.closest("[data-unread], nav"))
		.map((part) => part.innerText.trim().split(/[。！？；!?]/)[0].slice(0, 30))
		.filter((part) => part !== ""));

	assert.ok(places.length > 8, "the service has facts and materials");
	for (const place of places)
		assert.ok(all.includes(place), `“${place}” is not read`);
	assert.ok(all.indexOf(places[0]) < all.lastIndexOf(places.at(-1)));
	assert.ok(!all.includes("复制链接"), "tools are not read");
	assert.equal(await button("朗读").getAttribute("aria-pressed"), "false");
	assert.equal(await page.evaluate(() => CSS.highlights.has("spoken")), false);
}

/* --- where things stand ---------------------------------------------------- */

/* Runs in the page: where an element begins. */
function startOf(element) {
	const box = element.getBoundingClientRect();

	return {left: Math.round(box.left), top: Math.round(box.top + scrollY)};
}

/* The text of a policy begins on the first screen, on one edge with the rest. */
async function policyBeginsEarly({page, pages}) {
	const policies = pages.filter((one) => one.schema === "Legislation" &&
		isLive(one));

	assert.ok(policies.length > 5);
	for (const [width, height, most] of [[1280, 900, 900], [360, 800, 800]]) {
		await page.setViewportSize({width, height});
		for (const policy of policies) {
			await page.goto(policy.url);

			const text = await page.locator("#article--body").evaluate(startOf);
			const facts = await page.locator(".more-facts").first()
				.evaluate(startOf);

			assert.ok(text.top < most,
				`${policy.url} at ${width} px: text at ${text.top} px`);
			assert.equal(facts.left, text.left, "one left edge");
		}
	}
}

/* Whom it is addressed to on the left, who signed it and when on the right. */
async function officialForm({page, pages}) {
	const policy = first(pages, "policy with a signature", (one) =>
		one.schema === "Legislation" && /official-sign/.test(one.html));
	const style = (name, property) => page.locator(`.body .${name}`).first()
		.evaluate((one, wanted) => getComputedStyle(one)[wanted], property);

	await page.goto(policy.url);
	assert.equal(await style("official-to", "textIndent"), "0px");
	assert.equal(await style("official-sign", "textAlign"), "right");
}

/* Who, how long, what it costs, online, where, whom to ask, and the button. */
async function serviceAnswersFirst({page, pages}) {
	const services = pages.filter((one) =>
		one.schema === "GovernmentService" && isLive(one));

	assert.ok(services.length > 5);
	for (const service of services) {
		await page.goto(service.url);
		const answers = page.locator(".answers");
		const phone = answers.locator("a[href^='tel:']").first();
		const bottom = await page.locator(".answers-list").evaluate((one) =>
			one.getBoundingClientRect().bottom);

		assert.equal(await answers.locator("dt").count(), 6, service.url);
		assert.ok(bottom < 900, `${service.url}: down to ${bottom} px`);
		assert.ok(await phone.isVisible(), `${service.url}: a telephone`);
		assert.equal(await page.locator(".neighbours a").count(), 0);
		assert.ok(!/\b0 份/.test(await page.locator("main").innerText()));
	}
}

/* Runs in the page: the way out and the helps share a line below the name. */
function headForElders() {
	const [name, leave, helps] = [".brand-name", "[data-elder-leave]",
		".modes summary"].map((one) =>
		document.querySelector(one).getBoundingClientRect());

	return [
		[name.left === leave.left, "no left edge"],
		[leave.top === helps.top, "more than a line of helps"],
		[helps.bottom - name.bottom < 110, "a high head"],
	].filter(([isRight]) => !isRight).map(([, problem]) => problem);
}

/* Search, six services, the telephone, five news: six screens at most. */
async function elderHome({page, pages}) {
	const homes = pages.filter((one) => one.kind === "home");

	for (const home of homes) {
		await page.goto(home.url);

		const screens = await page.evaluate(() =>
			document.documentElement.scrollHeight / innerHeight);
		const shown = (selector) => page.locator(selector)
			.evaluateAll((all) => all.filter((one) =>
				one.checkVisibility()).length);

		assert.ok(screens <= 6, `${home.url}: ${screens} screens`);
		assert.deepEqual(await page.evaluate(headForElders), [], home.url);
		assert.ok(await shown("main .task-link") <= 6);
		assert.ok(await shown("main .item-link, main .lead-title") <= 5);
		assert.equal(await shown("main a[href^='tel:']"), 1, home.url);
		for (const box of await page.locator("main a").evaluateAll((all) =>
			all.filter((one) => one.checkVisibility()).map((one) =>
				[one.innerText, one.getBoundingClientRect().height])))
			assert.ok(box[1] >= 60 || box[1] === 0, box.join(" "));
	}
}

/* Runs in the page: what one presses and is lower than a thumb of old age. */
function lowTargets() {
	const LEAST = 60;

	for (const panel of document.querySelectorAll("details"))
		panel.open = true;
	return [...document.querySelectorAll("button, summary, input, select, " +
		".button, .tool, .nav-list a, .item-link, .tile-link, .leader-link")]
		.filter((one) => one.checkVisibility())
		.map((one) => [one, one.getBoundingClientRect().height])
		.filter(([, height]) => height > 0 && height < LEAST - 0.5)
		.map(([one, height]) =>
			`${one.className} “${one.innerText}”: ${height} px`);
}

/* Runs in the page: words that have the room of one character a line. */
function standingWords() {
	return [...document.querySelectorAll("main *")].filter((one) => {
		const text = [...one.childNodes].filter((node) => node.nodeType === 3)
			.map((node) => node.data.trim()).join("");
		const {width, height} = one.getBoundingClientRect();
		const size = parseFloat(getComputedStyle(one).fontSize);

		return [...text].length > 3 && one.checkVisibility() &&
			!one.closest(".visually-hidden, svg") && width > 0 &&
			width < size * 2 && height > size * 4;
	}).map((one) => one.textContent);
}

/* Runs in the page: dates below a text that go on in the next line. */
function brokenDates() {
	return [...document.querySelectorAll(".official-sign")].filter((one) =>
		/\d/.test(one.textContent) && one.offsetHeight > parseFloat(getComputedStyle(one).lineHeight) * 1.5)
		.map((one) => one.textContent);
}

/* On a page of every kind. */
async function elderPages({page, pages}) {
	for (const {page: target} of choose(pages).sample) {
		await page.goto(target.url);
		assert.deepEqual(await page.evaluate(standingWords), [], target.url);
		assert.deepEqual(await page.evaluate(lowTargets), [], target.url);
		assert.deepEqual(await page.evaluate(brokenDates), [],
			target.url);
		assert.deepEqual(await page.evaluate(reachesOver), [], target.url);
	}
}

/* What the version for elders leaves out leaves no hole. */
async function elderColumns({page, pages}) {
	for (const {page: target} of choose(pages).sample) {
		if (!/class="listing[ "]/.test(target.html))
			continue;
		await page.goto(target.url);
		const [all, list] = await Promise.all([".listing", ".listing-main"]
			.map((one) => page.locator(one).boundingBox()));

		assert.ok(list.width > all.width * 0.9, target.url);
	}
}

async function noStandingWords({page, pages}) {
	for (const {page: target} of choose(pages).sample) {
		await page.goto(target.url);
		assert.deepEqual(await page.evaluate(standingWords), [], target.url);
	}
}

/* Tabs: one panel at a time, arrows go along; without script all are shown. */
async function useTabs({page, pages}) {
	const home = first(pages, "portal", (one) =>
		one.kind === "home" && one.site === "portal");
	const shown = () => page.locator(".tasks [data-panel]").evaluateAll((all) =>
		all.filter((one) => one.checkVisibility()).map((one) => one.id));
	const tabs = page.getByRole("tab");

	await page.goto(home.url);
	assert.ok(await tabs.count() >= 3, "personal, legal persons, life events");
	assert.equal((await shown()).length, 1);
	await tabs.first().focus();
	await page.keyboard.press("ArrowRight");
	assert.equal(await tabs.nth(1).getAttribute("aria-selected"), "true");
	assert.deepEqual(await shown(),
		[await tabs.nth(1).getAttribute("aria-controls")]);
}

async function tabsWithoutScript({page, pages}) {
	const home = first(pages, "portal", (one) =>
		one.kind === "home" && one.site === "portal");

	await page.goto(home.url);
	assert.ok(await page.locator(".tasks .task-link").evaluateAll((all) =>
		all.every((one) => one.checkVisibility())));
	for (const link of await page.locator(".tasks .tab").all())
		assert.equal(await page.locator(
			await link.getAttribute("href")).count(), 1);
}

/* No roof of a home page's scene is cut off, however wide the window is. */
async function scenesAreWhole(page, url) {
	for (const width of [1920, 992, 600, DESK.width]) {
		await page.setViewportSize({width, height: DESK.height});
		const cut = await page.locator(".hero-scene").evaluateAll((scenes) =>
			scenes.map((scene) => scene.getBoundingClientRect().top -
				scene.querySelector(".scene-town")
					.getBoundingClientRect().top));

		assert.ok(cut.every((one) => one < 1), `${url} at ${width} px: ${cut}`);
	}
}

/* Nothing stands twice on a home page, and the search covers no scene. */
async function homeSaysOnce({page, pages}) {
	for (const home of pages.filter((one) => one.kind === "home")) {
		await page.goto(home.url);
		const links = await page.locator("main :is(.item-link, .task-link, " +
			".topic-link, .person-link, .lead-title a)").evaluateAll((all) =>
			all.map((one) => one.href));

		assert.deepEqual(links.filter((one, i) => links.indexOf(one) !== i),
			[], home.url);
		const [search, scene] = await Promise.all([".hero .search",
			".hero-scene"].map((one) => page.locator(one).boundingBox()));

		assert.ok(scene === null || search.y + search.height <= scene.y,
			home.url);
		await scenesAreWhole(page, home.url);
	}
}

/* The chart is drawn from the figures that stand beside it. */
async function figuresAreDrawn({page, pages}) {
	const home = first(pages, "home page with figures", (one) =>
		/class="figures"/.test(one.html));

	await page.goto(home.url);
	for (const row of await page.locator(".figures tbody tr").all()) {
		const change = await row.locator(".figure-change").innerText();

		assert.equal(await row.locator(".bar").getAttribute("d"),
			`M0 1h${change}`);
	}
}

/* How long one can still take part, and what came of it. */
async function consultationsSayWhere({page, pages}) {
	const list = first(pages, "list of consultations", (one) =>
		/class="consultations"/.test(one.html));

	await page.goto(list.url);
	for (const one of await page.locator(".consultation").all())
		assert.match(await one.innerText(),
			/还剩 \d+ 天|今天截止|尚未开始|查看结果反馈|意见正在整理/);

	/* its own page says the same */
	const state = page.locator(".consultation-state").first();
	const said = await state.innerText();

	await page.locator(".consultation-title a").first().click();
	await page.waitForURL(/\/\d{6}\//);
	assert.equal(await state.innerText(), said);
}

/* The helps with reading are switched on and off, and remembered. */
async function useAids({page, pages}) {
	const home = first(pages, "portal", (one) =>
		one.kind === "home" && one.site === "portal");

	await page.addInitScript(installVoice);
	await page.goto(home.url);
	for (const name of ["指读", "大光标", "阅读辅助线", "纯文本"]) {
		await page.locator(".modes summary").click();
		await page.getByRole("button", {name, exact: true}).click();
		await page.keyboard.press("Escape");
	}
	await page.reload();
	await page.locator(".task-link").first().focus();
	await page.waitForFunction(() => window.spoken.length > 0);
	assert.ok(await page.locator(".guide").evaluate((one) =>
		one.checkVisibility()));
	assert.equal(await page.locator(".hero-scene").isVisible(), false);
	assert.match(await page.evaluate(() =>
		getComputedStyle(document.body).cursor), /cursor\.svg/);
}

/* What changes no more cannot be subscribed to, here or in the map. */
async function archivedWithoutFeed({page, pages}) {
	const column = first(pages, "archived column", (one) =>
		one.kind === "column" && /class="stamp"/.test(one.html));
	const topic = first(pages, "archived topic", (one) =>
		one.schema === "CollectionPage" && /class="stamp"/.test(one.html));

	await page.goto(column.url);
	assert.equal(await page.locator("main .feed").count(), 0);
	assert.equal(await page.locator("head link[rel=alternate]").count(), 0);
	await page.goto(topic.url);
	assert.equal(await page.locator("main .feed").count(), 0);
	await page.goto(`http://${column.domain}/sitemap.html`);
	assert.equal(await page.locator(".branch", {
		has: page.locator(`> a[href="${
			column.path.replace(/index\.html$/, "")}"]`),
	}).locator("> .branch-feed").count(), 0);
}

/* Page 1 is the newest; how many there are is said where it stays true. */
async function countPages({page, pages}) {
	const column = first(pages, "column of two pages", (one) =>
		one.kind === "column" && one.path.endsWith("/index.html") &&
		/class="pages-list"/.test(one.html));

	await page.goto(column.url);
	assert.match(await page.locator(".pages-total").innerText(),
		/^共 \d+ 条，\d+ 页$/);
	assert.match(await page.locator("[aria-current=page].page-link").innerText(),
		/1/);
	await page.getByRole("link", {name: "较早"}).click();
	await page.waitForURL(/list-\d+\.html$/);
	assert.match(await page.locator(".pages-total").innerText(),
		/^\d{4}-\d\d-\d\d 至 \d{4}-\d\d-\d\d$/);
	await page.getByRole("link", {name: "最新"}).click();
	await page.waitForURL(column.url);
}

/* --- old engines ----------------------------------------------------------- */

const NEWER = /\b(?:min|max|clamp|color-mix)\(|(?:^|\s)(?:gap|inset|aspect-ratio|text-wrap|margin-inline|margin-block|padding-inline|padding-block)\s*:/;

/* What engines of 2019 leave of a style sheet: declarations they know. */
function asOldEngine(css) {
	return css.split("\n").filter((line) => line.endsWith("{") ||
		line.endsWith(",") || !NEWER.test(line.replace(/minmax\(/g, "")))
		.join("\n").replace(/[^{}]*:has\([^{}]*\{[^{}]*\}/g, "");
}

/* Runs in the page. */
function reachesOver() {
	const width = document.documentElement.clientWidth;

	return [...document.body.querySelectorAll("*")].filter((one) => {
		const box = one.getBoundingClientRect();

		return box.width > 0 && box.right > width + 1 &&
			!one.ownerSVGElement && !one.closest(
			".skip, .visually-hidden, .table-wrapper, .contents");
	}).map((one) => `${one.localName}.${one.className}`).slice(0, 5);
}

async function oldEngines({page, pages, server}) {
	const kinds = new Map(pages.map((one) =>
		[`${one.kind} ${one.site} ${one.schema}`, one]));
	let changed = 0;

	await page.route("**/*.css", async (route) => {
		const {host, pathname} = new URL(route.request().url());
		const answer = await route.fetch({
			url: `http://127.0.0.1:${server.port}${pathname}`,
			headers: {host},
		});
		const css = await answer.text();
		const old = asOldEngine(css);

		changed += old.length < css.length;
		await route.fulfill({response: answer, body: old});
	});
	const wrong = [];

	for (const width of [360, 1280]) {
		await page.setViewportSize({width, height: 900});
		for (const one of kinds.values()) {
			await page.goto(one.url, {waitUntil: "networkidle"});

			const over = await page.evaluate(reachesOver);

			if (over.length > 0)
				wrong.push(`${one.url} at ${width} px: ${over}`);
		}
	}
	await page.unrouteAll({behavior: "wait"});
	assert.deepEqual(wrong, []);
	assert.ok(changed > 0, "something was left out");
}

/* --- panels --------------------------------------------------------------- */

const NARROW = [320, 360, 414, 480, 600, 767];
const KINDS_WITH_PANELS = ["home", "column", "article", "search"];

/* Runs in the page: the boxes of an open panel that leave the screen. */
function openEach() {
	const wrong = [];

	for (const panel of document.querySelectorAll("details.drop")) {
		panel.open = true;
		for (const part of panel.querySelectorAll(".drop-panel, .drop-panel *")) {
			const box = part.getBoundingClientRect();

			if (box.width > 0 && (box.left < 0 ||
					box.right > document.documentElement.clientWidth))
				wrong.push(`${panel.innerText.slice(0, 10)}: ${
					part.localName}.${part.className} at ${
					Math.round(box.left)} to ${Math.round(box.right)}`);
		}
		panel.open = false;
	}
	return wrong;
}

async function panelsStayOnScreen({page, pages, server}) {
	const targets = server.domains.flatMap((domain) => {
		const own = pages.filter((one) => one.domain === domain);

		return KINDS_WITH_PANELS.map((kind) =>
			own.find((one) => one.kind === kind)).filter((one) => one);
	});

	assert.ok(targets.length > 20);
	for (const target of targets) {
		await page.goto(target.url);
		for (const elder of ["", "on"])
			for (const width of NARROW) {
				await page.setViewportSize({width, height: 800});
				await page.evaluate((value) => value ?
					document.documentElement.setAttribute("data-elder", value) :
					document.documentElement.removeAttribute("data-elder"),
				elder);
				assert.deepEqual(await page.evaluate(openEach), [],
					`${target.url} at ${width} px ${elder && "for elders"}`);
			}
	}
}

/* --- navigation ----------------------------------------------------------- */

async function openNavigationOnPhone({page, pages, server}) {
	const list = page.locator("nav .nav-list");
	const link = "nav .nav-list ul a";

	await page.goto(first(pages, "portal",
		(one) => one.kind === "home" && one.site === "portal").url);
	assert.equal(await list.isVisible(), false, "closed at first");
	await tabTo(page, ".nav-button");
	await page.keyboard.press("Enter");
	await list.waitFor({state: "visible"});
	await tabTo(page, link);

	const address = await page.evaluate(() => document.activeElement.href);

	await page.keyboard.press("Enter");
	await page.waitForURL(address);
	assert.ok(server.domains.includes(new URL(page.url()).host));
	assert.equal(await list.isVisible(), false, "closed on the next page");
}

/* A button that says whether the list is open. */
async function useMenuButton({page, pages}) {
	const list = page.locator("nav .nav-list");
	const button = page.getByRole("button", {name: "栏目导航"});
	const isOpen = async () => {
		assert.equal(await button.getAttribute("aria-expanded"),
			String(await list.isVisible()), "it says what is");
		return list.isVisible();
	};

	await page.goto(first(pages, "article", isLive).url);
	await tabTo(page, ".nav-button");
	for (const key of ["Enter", "Space"]) {
		assert.equal(await isOpen(), false);
		await page.keyboard.press(key);
		assert.equal(await isOpen(), true, `${key} opens`);
		await page.keyboard.press(key);
		assert.equal(await isOpen(), false, `${key} closes`);
	}
	await page.keyboard.press("Enter");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Escape");
	assert.equal(await isOpen(), false, "Escape closes");
	assert.ok(await button.evaluate((one) => one === document.activeElement),
		"the focus is back on the button");
	assert.equal(new URL(page.url()).hash, "", "the address stays");
}

/* "true" or "page" where it is, and nowhere that it is not. */
async function markCurrent({page, pages}) {
	await page.goto(first(pages, "article", isLive).url);
	const current = await page.locator("[aria-current]").evaluateAll((all) =>
		all.map((one) => [one.closest("nav")?.className,
			one.getAttribute("aria-current")]));

	assert.ok(current.some(([nav]) => nav === "nav"), "in the navigation");
	assert.ok(current.some(([nav, value]) =>
		nav === "crumbs wrap" && value === "page"), "in the breadcrumbs");
	assert.ok(current.every(([, value]) => value !== "false"));
	assert.equal(await page.locator("[class='']").count(), 0);
}

async function quietHoverMenu({page, pages}) {
	const item = page.locator("nav .nav-list > li:has(.nav-sub)").first();
	const isShown = () => item.locator(".nav-sub").evaluate((list) =>
		getComputedStyle(list).visibility === "visible");

	await page.goto(first(pages, "portal",
		(one) => one.kind === "home" && one.site === "portal").url);
	await item.hover();
	assert.equal(await isShown(), true, "open below the pointer");
	await page.keyboard.press("Escape");
	assert.equal(await isShown(), false, "Escape closes it");
	await page.mouse.move(5, 600);
	await item.hover();
	assert.equal(await isShown(), true, "it opens again");
}

async function tapNavigationOnPhone({page, pages}) {
	await page.goto(portalPages(pages)[0].url);
	await page.locator("nav .nav-button").click();
	await page.locator("nav .nav-list ul a").first().click();
	await page.locator("h1").waitFor();
	assert.match(await page.locator("body").getAttribute("class"),
		/page-column/);
}

async function openNavigationOnDesk({page, pages}) {
	const sub = page.locator("nav .nav-sub").first();
	const isShown = () => sub.evaluate((list) =>
		getComputedStyle(list).visibility === "visible");

	await page.goto(first(pages, "portal",
		(one) => one.kind === "home" && one.site === "portal").url);
	assert.equal(await isShown(), false, "closed at first");
	await tabTo(page, "nav .nav-sub a");
	assert.equal(await isShown(), true, "open with the focus in it");

	const address = await page.evaluate(() => document.activeElement.href);

	await page.keyboard.press("Enter");
	await page.waitForURL(address);
}

async function skipToMain({page, pages}) {
	await page.goto(first(pages, "article", isLive).url);
	await page.keyboard.press("Tab");
	assert.ok(await page.evaluate(() =>
		document.activeElement.matches("a[href='#main']") &&
		document.activeElement.getBoundingClientRect().top >= 0),
	"the first Tab shows the link to the text");
	await page.keyboard.press("Enter");
	await page.keyboard.press("Tab");
	assert.ok(await page.evaluate(() =>
		document.activeElement.closest("main") !== null),
	"the next Tab is in the text");
}

async function skipToList({page, pages}) {
	const column = first(pages, "column with others beside it", (one) =>
		one.kind === "column" && /<nav class="side"/.test(one.html));

	await page.goto(column.url);
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.keyboard.press("Tab");
	assert.ok(await page.evaluate(() =>
		document.activeElement.closest("main") !== null &&
		document.activeElement.closest("nav.side") === null),
	"the next Tab is behind the side menu");
}

/* What has the focus can be seen, from the first element to the last. */
async function followFocus({page, pages}) {
	await page.goto(first(pages, "article", isLive).url);
	for (let i = 0; i < 40; i++) {
		await page.keyboard.press("Tab");
		const hidden = await page.evaluate(() => {
			const element = document.activeElement;
			const box = element.getBoundingClientRect();

			return element === document.body || (box.width > 0 &&
				box.bottom > 0 && box.top < innerHeight &&
				element.checkVisibility({
					visibilityProperty: true,
				})) ? "" : element.outerHTML.slice(0, 120);
		});

		assert.equal(hidden, "", "the focus is on something hidden");
	}
}

/* --- search --------------------------------------------------------------- */

async function search(page, domain, words) {
	const input = page.locator("input[type=search]").first();

	await page.goto(`http://${domain}/`);
	await input.fill(words);
	await input.press("Enter");
	await page.waitForURL(/\/search\.html\?q=/);
	await page.waitForFunction(() => {
		const status = document.querySelector(".results-status").textContent;

		return status !== "" && !status.startsWith("正在");
	});
}

async function showAllResults(page) {
	const more = page.locator("main [data-more]");

	/* it is disabled while more is read, and gone when that was all */
	for (;;) {
		await page.waitForFunction(() =>
			!document.querySelector("main [data-more]").disabled);
		if (!await more.isVisible())
			break;
		await more.click();
	}
	return page.locator("main .results-list a").evaluateAll((links) =>
		links.map((link) => link.href));
}

/* Every two Chinese characters that stand side by side in the title. */
function pairsOf(page) {
	return [...titleOf(page).matchAll(/(?=(\p{Script=Han}{2}))/gu)]
		.map((match) => match[1]);
}

async function findByTwoCharacters({page, pages}) {
	const articles = portalPages(pages).filter((one) =>
		one.kind === "article" && pairsOf(one).length > 0);
	const step = Math.ceil(articles.length / WORDS_TRIED);

	for (let i = 0; i < articles.length; i += step) {
		const pairs = pairsOf(articles[i]);
		const words = pairs[Math.floor(pairs.length / 2)];

		await search(page, articles[i].domain, words);
		assert.ok((await showAllResults(page)).includes(articles[i].url),
			`"${words}" does not find ${articles[i].url}`);
	}
}

/* Two characters that a service and something else have in the title. */
function sharedPair(services, others) {
	return services.flatMap(pairsOf).find((pair) =>
		others.some((one) => titleOf(one).includes(pair)));
}

async function findServicesFirst({page, pages}) {
	const isService = (one) => one.schema === "GovernmentService";
	const domain = first(pages, "service", isService).domain;
	const live = pages.filter((one) => one.domain === domain && isLive(one));
	const services = live.filter(isService);
	const words = sharedPair(services, live.filter((one) => !isService(one)));

	assert.ok(words, "no two characters are in a service and elsewhere");
	await search(page, domain, words);

	const found = (await showAllResults(page)).map((url) =>
		services.some((one) => one.url === url));
	const count = found.filter((one) => one).length;

	assert.ok(count > 0 && count < found.length,
		`"${words}" finds services and other things`);
	assert.ok(found.slice(0, count).every((one) => one),
		`"${words}": services come first`);
}

/* The portal is where people look for services, whoever offers them. */
async function findServicesOfOthers({page, pages}) {
	const home = first(pages, "portal",
		(one) => one.kind === "home" && one.site === "portal");
	const service = first(pages, "service that the portal's home page lists",
		(one) => one.schema === "GovernmentService" &&
			home.html.includes(one.domain + one.path));

	await search(page, home.domain, titleOf(service).slice(0, 4));
	assert.ok((await showAllResults(page)).some((url) =>
		url.endsWith(service.domain + service.path)),
	`"${titleOf(service)}" is not found`);
}

async function findArchived({page, pages}) {
	const archived = first(pages, "archived article", (one) =>
		one.kind === "article" && /class="stamp"/.test(one.html));

	await search(page, archived.domain, titleOf(archived).slice(0, 12));
	await showAllResults(page);

	const item = page.locator("main .results-list > li", {
		has: page.locator(`a[href$="${archived.path}"]`),
	});

	assert.match(await item.innerText(), /内容已保存\s*\d{4}-\d\d-\d\d/);
}

async function findNothing({page, pages}) {
	const {domain} = portalPages(pages)[0];

	await page.goto(`http://${domain}/search.html?q=%E9%BE%98%E9%BD%89`);
	await page.locator(".results-status", {hasText: "没有找到"}).waitFor();
	assert.equal((await showAllResults(page)).length, 0);
}

async function searchWithoutScript({page, pages}) {
	const {domain} = portalPages(pages)[0];

	await page.goto(`http://${domain}/`);
	await page.locator("input[type=search]").first().fill("公开");
	await page.locator("input[type=search]").first().press("Enter");
	await page.waitForURL(/\/search\.html\?q=/);
	await page.locator("main noscript p").waitFor();
	await page.locator("main a[href='/sitemap.html']").first().click();
	await page.waitForURL(/\/sitemap\.html$/);
	assert.ok(await page.locator("main a[href^='/']").count() > 20,
		"the site map leads to the columns");
}

/* --- ways of showing ------------------------------------------------------ */

function styleOf(page, selector, property) {
	return page.locator(selector).first().evaluate((element, name) =>
		getComputedStyle(element).getPropertyValue(name), property);
}

async function fontSize(page, selector) {
	return parseFloat(await styleOf(page, selector, "font-size"));
}

function twoArticles(pages) {
	const articles = portalPages(pages).filter((one) =>
		isLive(one) && one.schema === "NewsArticle");

	assert.ok(articles.length > 1, "the portal has two articles");
	return articles;
}

async function changeSize({page, pages}) {
	const [one, other] = twoArticles(pages);
	const size = () => fontSize(page, "#article--body");
	const button = (name) => page.locator("main")
		.getByRole("button", {name, exact: true});

	await page.goto(one.url);

	const medium = await size();

	await button("大").click();
	assert.ok(await size() > medium, "大 is larger");
	await page.goto(other.url);
	assert.ok(await size() > medium, "still larger on another page");
	assert.equal(await button("大").getAttribute("aria-pressed"), "true");
	await button("小").click();
	assert.ok(await size() < medium, "小 is smaller");
	await button("中").click();
	await page.reload();
	assert.equal(await size(), medium, "中 is as before");
}

async function openModes(page) {
	await page.locator("body > header summary").click();
	return (name) => page.locator("body > header")
		.getByRole("button", {name, exact: true});
}

/* How light a colour is, 0 to 1, from "rgb(r, g, b)". */
function lightness(colour) {
	const [r, g, b] = colour.match(/[\d.]+/g).map(Number);

	return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

async function changeScheme({page, pages}) {
	const [one, other] = twoArticles(pages);
	const ground = async () =>
		lightness(await styleOf(page, "body", "background-color"));

	await page.goto(one.url);
	assert.ok(await ground() > 0.8, "light at first");
	await (await openModes(page))("深色").click();
	assert.ok(await ground() < 0.2, "深色 is dark");
	await page.goto(other.url);
	assert.ok(await ground() < 0.2, "still dark on another page");
	await (await openModes(page))("高对比度").click();
	await page.goto(one.url);
	assert.equal(await ground(), 0, "高对比度 is black");
	assert.ok(lightness(await styleOf(page, "#article--body", "color")) > 0.9);
	await (await openModes(page))("跟随系统").click();
	await page.reload();
	assert.ok(await ground() > 0.8, "跟随系统 is light again");
	await page.emulateMedia({colorScheme: "dark"});
	assert.ok(await ground() < 0.2, "and follows the system");
}

async function changeElder({page, pages}) {
	const [one, other] = twoArticles(pages);
	const size = () => fontSize(page, "#article--body");

	await page.goto(one.url);

	const before = await size();

	await (await openModes(page))("长者模式").click();
	assert.ok(await size() >= 24, "at least 18 pt");
	await page.goto(other.url);
	assert.ok(await size() >= 24, "still large on another page");
	assert.deepEqual(await page.evaluate(() =>
		[...document.querySelectorAll("main a, main button")]
			.filter((element) => element.checkVisibility() &&
				parseFloat(getComputedStyle(element).fontSize) < 18)
			.map((element) => element.outerHTML.slice(0, 80))), []);
	await page.getByRole("button", {name: "退出长者模式"}).click();
	assert.equal(await size(), before, "as before");
	await page.reload();
	assert.equal(await size(), before, "as before on the next page");
}

/* Sites remember apart, and the address says nothing of it in the end. */
async function carryElder({page, pages, server}) {
	const elder = () => page.evaluate(() =>
		document.documentElement.getAttribute("data-elder"));
	const follow = async () => {
		const href = await page.locator("main a[href^='https:']")
			.filter({visible: true}).evaluateAll((links, domains) => {
				const other = links.find((link) => link.host !== location.host &&
					domains.includes(link.host));

				/* The server of these tests has no keys. */
				other.protocol = "http:";
				return other.href;
			}, server.domains);

		await page.locator(`main a[href='${href}']`)
			.filter({visible: true}).first().click();
		await page.waitForURL((url) => url.host === new URL(href).host);
		assert.equal(page.url(), href, "the address stays as it was");
	};
	const list = first(portalPages(pages), "list of the sites",
		(one) => one.url.endsWith("/sites.html"));

	await page.goto(list.url);
	await follow();
	assert.equal(await elder(), null, "who chose nothing takes nothing along");
	await page.goto(list.url);
	await (await openModes(page))("长者模式").click();
	await page.keyboard.press("Escape");
	await follow();
	assert.equal(await elder(), "on", "the other site is for elders too");
	await page.reload();
	assert.equal(await elder(), "on", "and stays so");
	await page.getByRole("button", {name: "退出长者模式"}).first().click();
	assert.equal(await elder(), null);
	await page.goto(list.url + "?elder=off#main");
	assert.equal(await elder(), null, "what a link says, holds");
	assert.equal(page.url(), list.url + "#main");
	await page.goto(list.url + "?elder=%3Cb%3E&a=1");
	assert.equal(await elder(), null, "nothing else is taken from a link");
}

async function closePanel({page, pages}) {
	await page.goto(twoArticles(pages)[0].url);
	await openModes(page);

	const panel = page.locator("body > header .drop-panel");

	assert.equal(await panel.isVisible(), true);
	await page.keyboard.press("Escape");
	assert.equal(await panel.isVisible(), false, "Escape closes it");
	assert.ok(await page.evaluate(() =>
		document.activeElement.matches("body > header summary")),
	"the focus is back on what opened it");
}

async function copyAddress({page, pages, context}) {
	const article = twoArticles(pages)[0];

	await context.grantPermissions(["clipboard-read", "clipboard-write"]);
	await page.goto(article.url);
	await page.getByRole("button", {name: "复制链接"}).click();
	await page.locator("[data-status]", {hasText: "链接已复制"})
		.waitFor({state: "attached"});
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
		article.url.replace("http:", "https:"));
}

/* --- print ---------------------------------------------------------------- */

async function print({page, pages}) {
	const archived = first(pages, "archived article", (one) =>
		one.kind === "article" && /class="stamp"/.test(one.html));
	const tag = (name) => page.locator(`meta[name=${name}]`)
		.getAttribute("content");

	await page.goto(archived.url);
	await page.evaluate(() => {
		document.documentElement.dataset.scheme = "contrast";
	});
	await page.emulateMedia({media: "print"});

	const text = (await page.locator("body").innerText())
		.replace(/\s+/g, " ");

	assert.match(text, /内容已保存 \d{4}-\d\d-\d\d/);
	assert.ok(text.includes(await tag("ArticleTitle")), "the title");
	assert.ok(text.includes("来源：" + await tag("ContentSource")), "the source");
	assert.ok(text.includes(await tag("PubDate")), "the time");
	assert.ok(text.includes(await page.locator("link[rel=canonical]")
		.getAttribute("href")), "the address");
	assert.equal(await page.locator(".qr:visible").count(), 1, "the square");
	for (const left of ["nav .nav-list", ".article-tools .sizes",
		".article-tools .tool", ".share-address", "form[role=search]"])
		assert.equal(await page.locator(left).first().isVisible(), false,
			`${left} is not printed`);
	assert.ok(lightness(await styleOf(page, "body", "background-color")) > 0.99,
		"on white");
	for (const part of ["h1", ".stamp", "#article--body", ".article-meta"])
		assert.ok(lightness(await styleOf(page, part, "color")) < 0.3,
			`${part} is dark on white`);
}

/* --- other ---------------------------------------------------------------- */

async function helpWhenNotFound({page, pages}) {
	const {domain} = portalPages(pages)[0];
	const response = await page.goto(`http://${domain}/gone/for/ever.html`);

	assert.equal(response.status(), 404);
	for (const address of ["/", "/search.html", "/sitemap.html"])
		assert.ok(await page.locator(`main a[href="${address}"]`).count() > 0,
			`a link to ${address}`);
}

/* Every link of the portal's home page to its own site leads somewhere. */
async function followHomeLinks({page, pages, server}) {
	const home = first(pages, "portal",
		(one) => one.kind === "home" && one.site === "portal");

	await page.goto(home.url);
	const answers = await page.evaluate(async () => Promise.all(
		[...new Set([...document.querySelectorAll("a[href^='/']")]
			.map((link) => link.href))]
			.map(async (href) => [href, (await fetch(href)).status])));

	assert.ok(answers.length > 20);
	assert.ok(server.domains.includes(home.domain));
	assert.deepEqual(answers.filter(([, status]) => status !== 200), []);
}

/* `mayAsk`: the test goes to another host on purpose. */
export const BEHAVIOURS = {
	...LAYOUTS,
	...CITIZEN,
	...WORDS,
	"leaving the site without script": {
		view: PHONE_WITHOUT_SCRIPT, mayAsk: true,
		run: (test) => leaveSite(test, (locator) => locator.click()),
	},
	"leaving the site by keyboard": {
		view: DESK, mayAsk: true, run: (test) => leaveSite(test, pressEnter),
	},
	"Escape stays on the site": {view: DESK, run: leaveByEscape},
	"navigation on a phone by keyboard without script": {
		view: PHONE_WITHOUT_SCRIPT, run: openNavigationOnPhone,
	},
	"navigation on a phone by touch without script": {
		view: PHONE_WITHOUT_SCRIPT, run: tapNavigationOnPhone,
	},
	"navigation at a desk by keyboard without script": {
		view: DESK_WITHOUT_SCRIPT, run: openNavigationOnDesk,
	},
	"the notice keeps the focus": {view: DESK, run: focusStaysInside},
	"reading aloud": {view: PHONE, run: readAloud},
	"a policy begins early": {view: DESK, run: policyBeginsEarly},
	"official form": {view: DESK, run: officialForm},
	"a service answers first": {view: DESK, run: serviceAnswersFirst},
	"an archived column has no feed": {view: DESK, run: archivedWithoutFeed},
	"engines of 2019": {view: PHONE, run: oldEngines},
	"tabs of services": {view: DESK, run: useTabs},
	"tabs without script": {view: DESK_WITHOUT_SCRIPT, run: tabsWithoutScript},
	"nothing twice on a home page": {view: DESK, run: homeSaysOnce},
	"a chart of figures": {view: DESK, run: figuresAreDrawn},
	"consultations say where they stand": {
		view: DESK, run: consultationsSayWhere,
	},
	"help with reading": {view: DESK, run: useAids},
	"the home page for elders": {view: VIEWS.elder, run: elderHome},
	"pages for elders": {view: VIEWS.elder, run: elderPages},
	"columns for elders at a desk": {
		view: {...DESK, remember: {elder: "on"}}, run: elderColumns,
	},
	"no words standing on end": {view: PHONE, run: noStandingWords},
	"pages of a list": {view: DESK, run: countPages},
	"panels stay on the screen": {view: PHONE, run: panelsStayOnScreen},
	"the menu button on a phone": {view: PHONE, run: useMenuButton},
	"Escape closes a hover menu": {view: DESK, run: quietHoverMenu},
	"the current place is marked": {view: DESK, run: markCurrent},
	"first Tab on a column skips to the list": {view: DESK, run: skipToList},
	"first Tab skips to the text": {view: DESK, run: skipToMain},
	"focus can be seen at a desk": {view: DESK, run: followFocus},
	"focus can be seen on a phone": {view: PHONE, run: followFocus},
	"search by two characters": {view: DESK, run: findByTwoCharacters},
	"search lists services first": {view: PHONE, run: findServicesFirst},
	"search on the portal finds services of departments": {
		view: DESK, run: findServicesOfOthers,
	},
	"search shows the archive stamp": {view: DESK, run: findArchived},
	"search says when nothing is found": {view: DESK, run: findNothing},
	"search without script": {
		view: DESK_WITHOUT_SCRIPT, run: searchWithoutScript,
	},
	"font size": {view: DESK, run: changeSize},
	"colour scheme": {view: DESK, run: changeScheme},
	"mode for elders": {view: PHONE, run: changeElder},
	"mode for elders on the next site": {view: PHONE, run: carryElder},
	"panel closes with Escape": {view: PHONE, run: closePanel},
	"copying the address": {view: DESK, run: copyAddress},
	"print": {view: DESK, run: print},
	"page not found": {view: DESK, run: helpWhenNotFound},
	"links of the home page": {view: DESK, run: followHomeLinks},
};

/* The rows of one test: what it found, and that nothing else went wrong. */
export async function checkBehaviour(world, pages, name) {
	const behaviour = BEHAVIOURS[name];
	const context = await newContext(world.browser, behaviour.view);
	const problems = [];

	try {
		const {page, seen} = await newPage(context, world.server);

		try {
			await behaviour.run({
				page, seen, pages, context, server: world.server,
			});
		} catch (error) {
			problems.push(error.message);
		}
		if (!behaviour.mayAsk)
			problems.push(...seen.requests, ...seen.console);
		problems.push(...seen.policy, ...seen.errors);
	} finally {
		await context.close();
	}
	return [[name, problems]];
}
