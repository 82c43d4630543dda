/*
 * The document roots of a build on loopback, chosen by the Host header, as a
 * strict web server would serve them: no inline script or style, nothing from
 * other hosts, redirects and removed pages from `_redirects`, the site's own
 * page for what is not there.
 */
import {createServer} from "node:http";
import {readFile} from "node:fs/promises";
import {readdirSync, readFileSync} from "node:fs";
import {extname, join} from "node:path";

/* The policy that README.md tells operators to send. */
const POLICY = readFileSync(new URL("../../README.md", import.meta.url), "utf8")
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

/* Lines of "from to status", by the address they replace. */
function readRedirects(root) {
	const rules = new Map();
	let text = "";

	try {
		text = readFileSync(join(root, "_redirects"), "utf8");
	} catch (error) {
		if (error.code !== "ENOENT")
			throw error;
	}
	for (const line of text.split("\n")) {
		const [from, to, status] = line.trim().split(/\s+/);

		if (to)
			rules.set(from, {to, status: Number(status || 301)});
	}
	return rules;
}

async function answer(root, redirects, url) {
	const path = decodeURIComponent(new URL(url, "http://host").pathname);
	const rule = redirects.get(path);
	const file = path.endsWith("/") ? path + "index.html" : path;

	if (rule && rule.status < 400)
		return {status: rule.status, location: rule.to, body: ""};
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
	return {
		status: rule ? rule.status : 404,
		type: TYPES[".html"],
		body: await readFile(join(root, "404.html")),
	};
}

/* Starts on a free port; `close` ends it. */
export async function startServer(publicDir) {
	const sites = new Map(domainsOf(publicDir).map((domain) => {
		const root = join(publicDir, domain);

		return [domain, {root, redirects: readRedirects(root)}];
	}));
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
