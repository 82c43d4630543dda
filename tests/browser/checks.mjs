/*
 * What must hold on every page. Each check gets an open page and returns the
 * problems it found, as texts; `CHECKS` lists them by name.
 */
import axe from "axe-core";

const SITE_TAGS = ["SiteName", "SiteDomain", "SiteIDCode"];
const COLUMN_TAGS = [
	"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
];
const ARTICLE_TAGS = ["ArticleTitle", "PubDate", "ContentSource"];

/* The official tags by kind of page: 3, 7 or 10. */
const TAGS_OF = {
	column: [...SITE_TAGS, ...COLUMN_TAGS],
	article: [...SITE_TAGS, ...COLUMN_TAGS, ...ARTICLE_TAGS],
	copy: [...SITE_TAGS, ...COLUMN_TAGS, ...ARTICLE_TAGS],
};

/*
 * Runs in the page: boxes that reach over the sides of what is shown, with the
 * panels as they are, then with each one opened or closed in turn.
 */
function overflowing() {
	const width = document.documentElement.clientWidth;
	const problems = new Set();

	function look() {
		const whole = document.documentElement.scrollWidth;

		if (whole > width)
			problems.add(`the page is ${whole} px wide`);
		for (const element of document.body.querySelectorAll("*")) {
			const box = element.getBoundingClientRect();

			if (box.width > 0 &&
					(box.right > width + 0.5 || box.left < -0.5) &&
					!element.ownerSVGElement &&
					!element.closest(".skip, .visually-hidden") &&
					!element.parentElement.closest(".table-wrapper"))
				problems.add(`<${element.localName} class="${
					element.getAttribute("class") || ""}"> is at ${
					Math.round(box.left)} to ${
					Math.round(box.right)} px: ${
					element.textContent.trim().slice(0, 40)}`);
		}
	}

	look();
	for (const panel of document.querySelectorAll("details")) {
		panel.open = !panel.open;
		look();
		panel.open = !panel.open;
	}
	return [...problems];
}

function checkOverflow({page}) {
	return page.evaluate(overflowing);
}

/* Pages for machines that people touch have no footer, looks and scripts. */
function isKiosk(target) {
	return /^kiosk/.test(target.page.kind);
}

/* Runs in the page. */
function kioskProblems() {
	const SMALLEST = 60;
	const problems = [];
	const refresh = document.querySelector("meta[http-equiv=refresh]");

	if (!/^\d{3}; url=\/kiosk\/$/.test(refresh?.content))
		problems.push(`goes back by "${refresh?.content}"`);
	if (document.querySelector("script, form, input, iframe"))
		problems.push("has a script or form");
	for (const link of document.querySelectorAll("a")) {
		const address = link.getAttribute("href");
		const box = link.getBoundingClientRect();

		if (getComputedStyle(link).pointerEvents === "none")
			continue;
		if (!address.startsWith("/kiosk/"))
			problems.push(`leads to ${address}`);
		if (box.width < SMALLEST || box.height < SMALLEST)
			problems.push(`${address}: ${box.width} x ${box.height}`);
	}
	return problems;
}

function checkKiosk({page, target}) {
	return isKiosk(target) ? page.evaluate(kioskProblems) : null;
}

/* Runs in the page. */
async function violations(isKiosk) {
	const result = await axe.run(document, {
		resultTypes: ["violations"],
		rules: {
			"target-size": {enabled: true},
			/* whoever walks away leaves the first page behind */
			"meta-refresh": {enabled: !isKiosk},
		},
		preload: false,
	});

	return result.violations.flatMap((violation) =>
		violation.nodes.map((node) =>
			`${violation.id}: ${node.target.join(" ")}: ${
				node.failureSummary.replace(/^[^\n]*\n/, "").trim()}`));
}

/* axe needs timers, which a page without scripts does not run. */
async function checkAxe({page, view, target}) {
	if (view.options?.javaScriptEnabled === false)
		return null;
	await page.evaluate(axe.source);
	return page.evaluate(violations, isKiosk(target));
}

async function checkHeading({page}) {
	const headings = await page.locator("h1").allTextContents();

	if (headings.length === 1 && headings[0].trim() !== "")
		return [];
	return [`${headings.length} h1: ${headings.join(" | ")}`];
}

/* Runs in the page: headings that say nothing, or are two levels deeper. */
function strayHeadings() {
	const problems = [];
	let before = 1;

	for (const one of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
		const level = Number(one.localName[1]);

		if (one.textContent.trim() === "")
			problems.push(`an empty ${one.localName}`);
		if (level > before + 1)
			problems.push(`${one.localName} below h${before}: ${
				one.textContent.trim()}`);
		before = level;
	}
	return problems;
}

function checkHeadings({page}) {
	return page.evaluate(strayHeadings);
}

/* Runs in the page. */
function readTags() {
	return Object.fromEntries([...document.querySelectorAll("meta[name]")]
		.map((tag) => [tag.name, tag.content]));
}

async function checkTags({page, target}) {
	const tags = await page.evaluate(readTags);
	const required = TAGS_OF[target.page.kind] || SITE_TAGS;
	const problems = required.filter((name) => !(tags[name] || "").trim())
		.map((name) => `no ${name}`);
	const expect = (name, pattern) => {
		if (tags[name] && !pattern.test(tags[name]))
			problems.push(`${name} is "${tags[name]}"`);
	};

	expect("SiteIDCode", /^(\d{10}|bm\d{8})$/);
	expect("PubDate", /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d$/);
	if (tags.SiteDomain !== target.page.domain)
		problems.push(`SiteDomain is "${tags.SiteDomain}"`);
	if (tags.ArticleTitle)
		problems.push(...await checkShown(page, tags));
	return problems;
}

/* What the tags of an article say, its reader sees. */
async function checkShown(page, tags) {
	const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
	const heading = (await page.locator("h1").first().innerText()).trim();
	const problems = [];

	if (heading !== tags.ArticleTitle)
		problems.push(`h1 "${heading}" is not "${tags.ArticleTitle}"`);
	const language = await page.locator("html").getAttribute("lang");
	const isChinese = language.startsWith("zh");
	/* another language writes the day its own way */
	const dated = await page.locator(
		`main time[datetime^="${tags.PubDate.slice(0, 10)}"]`).count();

	if (isChinese ? !text.includes(tags.PubDate) : dated === 0)
		problems.push(`the time ${tags.PubDate} is not shown`);
	if (!text.includes((isChinese ? "来源：" : "Source: ") + tags.ContentSource))
		problems.push(`the source ${tags.ContentSource} is not shown`);
	return problems;
}

/* What the footer says in each language of the demonstration city. */
const FOOTER_WORDS = {
	zh: {
		mark: /党政机关/, report: /找错/, code: "网站标识码：",
		sponsor: /主办单位：\S/, telephone: /联系电话：\S/,
		map: /网站地图/, operator: /承办单位：\S/, ipv6: /支持IPv6/,
	},
	en: {
		mark: /official websites/, report: /Report a mistake/,
		code: "Website code: ",
		sponsor: /Sponsored by: \S/, telephone: /Telephone: \S/,
		map: /Site map/, operator: /Operated by: \S/, ipv6: /supports IPv6/,
	},
};

/*
 * The nine things at the foot of every page, and where their links lead. Of a
 * closed site only the notice is left: there is no site map to lead to.
 */
async function checkFooter({page, target}) {
	if (isKiosk(target))
		return null;
	const code = (await page.evaluate(readTags)).SiteIDCode;
	const footer = page.locator("body > footer");

	if (await footer.count() !== 1)
		return ["no footer"];
	const isNotice = await page.locator("body.page-notice").count() === 1;
	const text = await footer.innerText();
	const links = await footer.locator("a").evaluateAll((found) =>
		found.map((link) => [link.getAttribute("href"), link.innerText]));
	const language = await page.locator("html").getAttribute("lang");
	const words = FOOTER_WORDS[language.split("-")[0]];
	const leads = (address, shows) => links.some(([href, shown]) =>
		address.test(href) && shows.test(shown));
	const items = {
		"党政机关网站标识":
			leads(/^https:\/\/bszs\.conac\.cn\//, words.mark),
		"我为政府网站找错": leads(new RegExp(
			`^https://zfwzgl\\.www\\.gov\\.cn/.*site_code=${code}$`), words.report),
		"网站标识码": text.includes(words.code + code),
		"主办单位": words.sponsor.test(text),
		"联系方式": words.telephone.test(text),
		"ICP备案编号":
			leads(/^https:\/\/beian\.miit\.gov\.cn\//, /ICP备\d{8}号/),
		"公安机关备案":
			leads(/^https:\/\/beian\.mps\.gov\.cn\/.*\d{14}/, /公网安备\d{14}号/),
		"站点地图": leads(/^\/sitemap\.html$/, words.map) !== isNotice,
		"承办单位、支持IPv6": words.operator.test(text) && words.ipv6.test(text),
	};

	return Object.keys(items).filter((name) => !items[name])
		.map((name) => `${name} is missing`);
}

/* Runs in the page: the addresses of images that do not show. */
async function brokenImages() {
	const problems = [];

	for (const image of document.images) {
		image.loading = "eager";
		try {
			await image.decode();
		} catch (error) {
			problems.push(`does not show: ${image.currentSrc || image.src}`);
		}
	}
	return problems;
}

function checkImages({page}) {
	return page.evaluate(brokenImages);
}

/* What the reader chose before must have taken effect, or a view is empty. */
async function checkRemembered({page, view, target}) {
	if (!view.remember || isKiosk(target))
		return null;
	const found = await page.evaluate(() =>
		({...document.documentElement.dataset}));

	return Object.entries(view.remember)
		.filter(([name, value]) => found[name] !== value)
		.map(([name]) => `${name} is not remembered`);
}

/* The stamp and its date stand above the title and in the window's title. */
async function checkStamp({page, target}) {
	const stamp = page.locator("main .stamp");

	if (!target.name.endsWith("-archived"))
		return null;
	if (await stamp.count() !== 1)
		return ["no stamp"];
	const problems = [];
	const text = await stamp.innerText();
	const above = await stamp.evaluate((element) =>
		element.getBoundingClientRect().bottom <=
		document.querySelector("h1").getBoundingClientRect().top);

	if (!/内容已保存\s*\d{4}-\d\d-\d\d/.test(text))
		problems.push(`the stamp reads "${text}"`);
	if (!(await page.title()).includes("内容已保存"))
		problems.push(`the title is "${await page.title()}"`);
	if (!above)
		problems.push("the stamp is below the title");
	return problems;
}

/* A check that does not concern the page returns null. */
const CHECKS = {
	"no overflow": checkOverflow,
	"one h1": checkHeading,
	"headings in order": checkHeadings,
	"images": checkImages,
	"tags": checkTags,
	"footer": checkFooter,
	"archive stamp": checkStamp,
	"kiosk": checkKiosk,
	"chosen look": checkRemembered,
	"axe": checkAxe,
};

async function open(page, target) {
	const wanted = target.page.kind === "not-found" ?
		{url: `http://${target.page.domain}/no/such/page.html`, status: 404} :
		{url: target.page.url, status: target.page.kind === "gone" ? 410 : 200};
	const response = await page.goto(wanted.url);

	return response.status() === wanted.status ? [] :
		[`${wanted.url} answers ${response.status()}`];
}

/* Every check on one page in one view: rows of name and problems. */
export async function checkPage({page, seen}, target, viewName, view) {
	const label = (check) => `${target.name} ${viewName}: ${check}`;
	const rows = [[label("answers"), await open(page, target)]];

	for (const [name, check] of Object.entries(CHECKS)) {
		const problems = await check({page, target, view});

		if (problems)
			rows.push([label(name), problems]);
	}
	rows.push([label("console silent"), seen.console],
		[label("content security policy"), seen.policy],
		[label("no script error"), seen.errors],
		[label("own host only"), seen.requests]);
	return rows;
}
