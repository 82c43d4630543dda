/*
 * The document roots of a build on loopback, chosen by the Host header, as a
 * strict web server would serve them: no inline script or style, nothing from
 * other hosts, redirects and removed pages from `.jiyue/redirects.json`, the
 * site's own page for what is not there.
 */
import {execFileSync} from "node:child_process";
import {createServer} from "node:http";
import {readFile} from "node:fs/promises";
import {readdirSync, readFileSync} from "node:fs";
import {extname, join} from "node:path";
import {fileURLToPath} from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/* The policy of the server's configuration that the program prints. */
const POLICY = execFileSync(process.env.JIYUE ?? "build/debug/jiyue",
	["hosting", "nginx", "--library", ".", "--to", "/srv/www"],
	{cwd: ROOT, encoding: "utf8"})
	.match(/default\s+"(default-src [^"]+)"/)[1];

const TYPES = {
	".html": "text/html; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".xml": "application/xml; charset=utf-8",
	".txt": "text/plain; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".jpg": "image/jpeg",
	".webp": "image/webp",
	".pdf": "application/pdf",
};

/* The domains of a build: every folder but the record's. */
export function domainsOf(publicDir) {
	return readdirSync(publicDir, {withFileTypes: true})
		.filter((entry) => entry.isDirectory() && entry.name[0] !== ".")
		.map((entry) => entry.name)
		.sort();
}

/* By domain: rules by the address that they are for. */
function readRedirects(publicDir) {
	const text = readFileSync(join(publicDir, ".jiyue", "redirects.json"), "utf8");

	return new Map(JSON.parse(text).sites.map((site) => [site.domain, new Map([
		...site.redirects.map((rule) => [rule.from, rule]),
		...site.gone.map((from) => [from, {code: 410}]),
	])]));
}

/* The rule of an address: with its query, without it, then the longest "*". */
function findRule(rules, url) {
	const {pathname, search} = new URL(url, "http://host");

	for (const from of [pathname + search, pathname])
		if (rules.has(from))
			return {...rules.get(from), rest: ""};
	for (let length = pathname.length; length > 0; length--) {
		const rule = rules.get(pathname.slice(0, length) + "*");

		if (rule)
			return {...rule, rest: pathname.slice(length)};
	}
	return null;
}

async function answer(root, redirects, url) {
	const path = decodeURIComponent(new URL(url, "http://host").pathname);
	const rule = findRule(redirects, url);
	const file = path.endsWith("/") ? path + "index.html" : path;

	if (rule && rule.code < 400)
		return {
			status: rule.code,
			location: rule.to.replace(/\*$/, rule.rest),
			body: "",
		};
	try {
		if (!rule && !path.split("/").includes(".."))
			return {
				status: 200,
				type: TYPES[extname(file)] || "application/octet-stream",
				body: await readFile(join(root, file)),
			};
	} catch (error) {
		if (!["ENOENT", "EISDIR", "ENOTDIR"].includes(error.code))
			throw error;
	}
	const own = rule && await readFile(join(root, "410", file))
		.catch(() => null);

	return {
		status: rule ? rule.code : 404,
		type: TYPES[".html"],
		body: own || await readFile(join(root, "404.html")),
	};
}

/* Starts on a free port; `close` ends it. */
export async function startServer(publicDir) {
	const redirects = readRedirects(publicDir);
	const sites = new Map(domainsOf(publicDir).map((domain) => [domain, {
		root: join(publicDir, domain),
		redirects: redirects.get(domain),
	}]));
	const server = createServer(async (request, response) => {
		const host = (request.headers.host || "").replace(/:\d+$/, "");
		const site = sites.get(host);

		try {
			const found = site ?
				await answer(site.root, site.redirects, request.url) :
				{status: 421, type: "text/plain", body: "no such site"};
			const headers = {
				"Content-Security-Policy": POLICY,
				"X-Content-Type-Options": "nosniff",
			};

			if (found.type)
				headers["Content-Type"] = found.type;
			if (found.location)
				headers.Location = found.location;
			response.writeHead(found.status, headers).end(found.body);
		} catch (error) {
			response.writeHead(500).end(String(error));
		}
	});

	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		port: server.address().port,
		domains: [...sites.keys()],
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}
