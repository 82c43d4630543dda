/*
 * The pages of a build, and the sample: one page of every kind. A kind is
 * known by what stands in the page, so that a kind which is not built any more
 * fails instead of going unnoticed.
 */
import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join, relative} from "node:path";
import {domainsOf} from "./server.mjs";

/* `test` sees the page; `optional`: the library need not have one. */
const KINDS = [
	{name: "home-portal", test: is("home", "portal")},
	{name: "home-department", test: is("home", "department")},
	{name: "home-county", test: is("home", "county")},
	{name: "home-foreign", test: is("home", "foreign")},
	{name: "article-foreign", test: all(is("article", "foreign"), has("state-note"))},
	{name: "column-list", test: list("items is-full")},
	{name: "column-channel", test: list("sub-blocks")},
	{name: "column-services", test: list("tiles is-full")},
	{name: "column-leaders", test: list("leaders")},
	{name: "column-organs", test: list("organs")},
	{name: "column-policies", test: list("policies")},
	{name: "column-consultations", test: list("consultations")},
	{name: "column-questions", test: all(is("column"), column("问答知识"))},
	{name: "facets", test: is("facets")},
	{name: "statistics", test: is("statistics")},
	{name: "column-topics", test: list("topics is-full")},
	{name: "column-archived", test: all(is("column"), has("stamp"))},
	{name: "list-page", test: list("pages-list"), optional: true},
	{name: "article-news", test: article("NewsArticle")},
	{name: "article-policy", test: article("Legislation")},
	{
		name: "article-policy-invalid", optional: true,
		test: all(article("Legislation"),
			(page) => /class="state-note"/.test(page.html)),
	},
	{
		name: "article-interpretation",
		test: all(article("NewsArticle"), column("政策解读")),
	},
	{
		name: "article-notice",
		test: all(article("NewsArticle"), column("通知公告")),
	},
	{name: "article-service", test: article("GovernmentService")},
	{name: "article-leader", test: article("ProfilePage")},
	{name: "article-organ", test: all(is("article"), has("divisions"))},
	{name: "article-profile", test: article("WebPage")},
	{name: "article-topic", test: article("CollectionPage")},
	{name: "article-report", test: all(is("article"), has("report"))},
	{name: "article-table", test: all(is("article"), has("table-wrapper"))},
	{name: "article-files", test: all(is("article"), has("attachments"))},
	{name: "article-archived", test: all(is("article"), has("stamp"))},
	{name: "copy", test: is("copy")},
	{name: "sitemap", test: is("sitemap")},
	{name: "sites", test: is("sites")},
	{name: "archive", test: is("archive")},
	{name: "accessibility", test: is("accessibility")},
	{name: "kiosk", test: is("kiosk")},
	{name: "kiosk-services", test: all(is("kiosk-list"), has("tiles"))},
	{name: "kiosk-news", test: all(is("kiosk-list"), has("rows"))},
	{name: "kiosk-service", test: all(is("kiosk-text"), has("facts"))},
	{name: "kiosk-text", test: all(is("kiosk-text"), (page) => !has("facts")(page))},
	{name: "search", test: is("search")},
	{name: "not-found", test: is("not-found")},
	{name: "gone", test: is("gone")},
	{name: "outside-link", test: all(is("article"), linksOutside)},
	{
		name: "closed-site", optional: true,
		test: (page) => page.kind === "notice",
	},
];

function is(kind, site) {
	return (page) => page.kind === kind && (!site || page.site === site);
}

function has(name) {
	return (page) => new RegExp(`class="${name}[" ]`).test(page.html);
}

function list(name) {
	return all(is("column"), has(name));
}

function column(type) {
	return (page) =>
		page.html.includes(`name="ColumnType" content="${type}"`);
}

/* The article's own description is the last block of structured data. */
function article(type) {
	return (page) => is("article")(page) && page.schema === type;
}

/* In the text, not only in the footer. */
function linksOutside(page) {
	return /<main[^]*href="#leave-[^]*<\/main>/.test(page.html);
}

function all(...tests) {
	return (page) => tests.every((test) => test(page));
}

function describe(domain, root, file) {
	const html = readFileSync(file, "utf8");
	/* of what was taken down: where readers come to see it */
	const path = "/" + relative(root, file).replace(/^410\//, "");
	const [, site, kind] =
		/<body class="kind-([\w-]+) page-([\w-]+)/.exec(html) || [];
	const data = /<script type="application\/ld\+json">([^]*?)<\/script>/
		.exec(html);
	const schemas = data === null ? [] :
		JSON.parse(data[1])["@graph"].map((one) => one["@type"]);

	return {
		domain, path, file, html, site, kind,
		schema: schemas[schemas.length - 1],
		url: `http://${domain}${path.replace(/(^|\/)index\.html$/, "$1")}`,
	};
}

/* Every HTML page of a build, sorted by domain and path. */
export function readPages(publicDir) {
	return domainsOf(publicDir).flatMap((domain) => {
		const root = join(publicDir, domain);
		const files = readdirSync(root, {recursive: true, encoding: "utf8"})
			.filter((name) => name.endsWith(".html"))
			.sort();

		return files.map((name) => describe(domain, root, join(root, name)));
	});
}

/* The pages that a test is about; without any it cannot say anything. */
export function some(pages, what, test) {
	const found = pages.filter(test);

	assert.ok(found.length > 0, `the build has no ${what}`);
	return found;
}

/*
 * A page of every kind, the first that no other kind has taken, and the names
 * of the kinds without one.
 */
export function choose(pages) {
	const taken = new Set();
	const sample = [];
	const missing = [];

	for (const kind of KINDS) {
		const fitting = pages.filter(kind.test);
		const page = fitting.find((one) => !taken.has(one.file));

		if (fitting.length === 0 && !kind.optional)
			missing.push(kind.name);
		if (page) {
			taken.add(page.file);
			sample.push({name: kind.name, page});
		}
	}
	return {sample, missing};
}
