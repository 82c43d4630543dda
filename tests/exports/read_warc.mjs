// Reads a WARC with the reader of web archives, and prints a line of JSON for
// each record: what it is, of which address and type, and the SHA-256 of its
// bytes.
//
//	node read_warc.mjs FILE

import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";

import {WARCParser} from "warcio";

for await (const record of new WARCParser(createReadStream(process.argv[2]))) {
	const hash = createHash("sha256");
	let size = 0;
	for await (const piece of record) {
		hash.update(piece);
		size += piece.length;
	}
	console.log(JSON.stringify({
		type: record.warcType,
		address: record.warcTargetURI,
		kind: record.warcContentType,
		date: record.warcDate,
		length: record.warcHeaders.headers.get("Content-Length"),
		size,
		sha256: hash.digest("hex"),
	}));
}
