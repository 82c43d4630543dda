/*
 * Chromium in front of the server: every domain of the build leads to it, and
 * every other name leads nowhere, so that a page which asks somebody else for
 * anything is noticed.
 */
import {chromium} from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM || "/usr/bin/chromium";

/* Ways of looking at a page; `remember` is what the reader chose before. */
export const VIEWS = {
	360: {width: 360, height: 800},
	1280: {width: 1280, height: 900},
	320: {width: 320, height: 640},
	768: {width: 768, height: 1024},
	1920: {width: 1920, height: 1080},
	dark: {width: 1280, height: 900, options: {colorScheme: "dark"}},
	contrast: {width: 1280, height: 900, remember: {scheme: "contrast"}},
	"forced-colors": {
		width: 1280, height: 900,
		options: {forcedColors: "active", contrast: "more"},
	},
	elder: {width: 360, height: 800, remember: {elder: "on"}},
	"no-script": {width: 360, height: 800, options: {javaScriptEnabled: false}},
	"no-script-wide": {
		width: 1280, height: 900, options: {javaScriptEnabled: false},
	},
};

export const SAMPLE_VIEWS = ["360", "1280"];

/* `--unsafely-treat…`: sites are served by HTTPS, so show what needs it. */
export function launch(server) {
	const rules = server.domains
		.map((domain) => `MAP ${domain} 127.0.0.1:${server.port}`)
		.concat("MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1");
	const secure = server.domains.map((domain) => `http://${domain}`);

	return chromium.launch({
		executablePath: EXECUTABLE,
		args: [
			"--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync",
			`--host-resolver-rules=${rules.join(", ")}`,
			`--unsafely-treat-insecure-origin-as-secure=${secure}`,
		],
	});
}

/* Ends what hangs; a machine may be slow, so no check is ended by it. */
const LONG_WAIT_MS = 300000;

export function newContext(browser, view) {
	return browser.newContext({
		viewport: {width: view.width, height: view.height},
		locale: "zh-CN",
		timezoneId: "Asia/Shanghai",
		reducedMotion: "reduce",
		...view.options,
	}).then(async (context) => {
		context.setDefaultTimeout(LONG_WAIT_MS);
		if (view.remember)
			await context.addInitScript((remember) => {
				for (const [name, value] of Object.entries(remember))
					localStorage.setItem("jiyue-" + name, value);
			}, view.remember);
		return context;
	});
}

/* A 404 page is announced on the console; that line alone is expected. */
function isExpected(message, page) {
	return /status of (404|410)/.test(message.text()) &&
		message.location().url === page.url();
}

/*
 * Chromium asks for the icon late. When a test has gone on to another site by
 * then, it is aborted, or held against the policy of that site.
 */
function isIconOfPageLeft(url, page) {
	return url.endsWith("/assets/icon.svg") &&
		new URL(url).host !== new URL(page.url()).host;
}

/* The address that a message about the policy names, or "". */
function addressIn(text) {
	const found = /'(http[^']+)'/.exec(text);

	return found ? found[1] : "";
}

/*
 * A new page with what it should not do, collected by sort while it lives:
 * console messages, violations of the policy, errors, requests that failed or
 * went to another host.
 */
export async function newPage(context, server) {
	const page = await context.newPage();
	const seen = {console: [], policy: [], errors: [], requests: []};

	page.on("console", (message) => {
		const text = `${message.type()}: ${message.text()}`;

		if (isIconOfPageLeft(addressIn(text), page))
			return;
		if (/Content Security Policy/.test(text))
			seen.policy.push(text);
		else if (!isExpected(message, page))
			seen.console.push(text);
	});
	page.on("pageerror", (error) => seen.errors.push(String(error)));
	let visits = 0;
	const visitOf = new Map();

	page.on("request", (request) => {
		const url = new URL(request.url());

		if (request.isNavigationRequest())
			visits++;
		visitOf.set(request, visits);
		if (url.protocol !== "data:" && !server.domains.includes(url.host))
			seen.requests.push(`to another host: ${url}`);
	});
	/* What is still loaded when a test goes on to the next page is aborted
	   by the browser and no fault of the page. The icon, of the sort
	   "other", may be asked for after that. */
	page.on("requestfailed", (request) => {
		const {errorText} = request.failure();
		const isLeft = isIconOfPageLeft(request.url(), page) ||
			errorText === "net::ERR_ABORTED" &&
			(page.isClosed() || visitOf.get(request) < visits ||
			request.resourceType() === "other");

		if (!isLeft)
			seen.requests.push(`failed: ${request.url()}: ${errorText}`);
	});
	page.on("response", (response) => {
		const request = response.request();

		if (response.status() >= 400 && !request.isNavigationRequest())
			seen.requests.push(`${response.status()}: ${response.url()}`);
	});
	return {page, seen};
}
