/*
 * The search page: reads the index that the site was built with, in the
 * reader's browser. Nothing is sent anywhere; texts come from the page.
 *
 * The index (generator/render/search_block.h, search_shard.h): texts in blocks
 * by date, and for every two characters the blocks that have them. A search
 * reads the terms it needs, then blocks until a page of results is full. The
 * newest block is read always. What is shown was compared with the text itself.
 */
(() => {
	"use strict";

	/* --- text as it is compared: generator/base/search_text.c ------------ */

	const WORD = 0, NOTHING = 1, JOIN = 2, SPACE = 3, BREAK = 4;
	const SIGNS = [
		[0x00, 0x20, SPACE], [0x21, 0x21, BREAK], [0x22, 0x2b, JOIN],
		[0x2c, 0x2c, BREAK], [0x2d, 0x2f, JOIN], [0x3a, 0x3b, BREAK],
		[0x3c, 0x3e, JOIN], [0x3f, 0x3f, BREAK], [0x40, 0x40, JOIN],
		[0x5b, 0x60, JOIN], [0x7b, 0x7e, JOIN], [0x7f, 0xa0, SPACE],
		[0xa1, 0xac, BREAK], [0xad, 0xad, NOTHING], [0xae, 0xb6, BREAK],
		[0xb7, 0xb7, JOIN], [0xb8, 0xbf, BREAK], [0xd7, 0xd7, JOIN],
		[0xf7, 0xf7, JOIN], [0x2000, 0x200a, SPACE],
		[0x200b, 0x200f, NOTHING], [0x2010, 0x2027, JOIN],
		[0x2028, 0x202f, SPACE], [0x2030, 0x205f, JOIN],
		[0x2060, 0x206f, NOTHING], [0x20a0, 0x20cf, BREAK],
		[0x2190, 0x2bff, JOIN], [0x3000, 0x3000, SPACE],
		[0x3001, 0x3001, JOIN], [0x3002, 0x3002, BREAK],
		[0x3003, 0x3004, JOIN], [0x3008, 0x3011, JOIN],
		[0x3012, 0x3013, BREAK], [0x3014, 0x3020, JOIN],
		[0x3030, 0x3030, JOIN], [0x30fb, 0x30fb, JOIN],
		[0xfe00, 0xfe0f, NOTHING], [0xfe10, 0xfe6f, BREAK],
		[0xfeff, 0xfeff, NOTHING], [0xfff0, 0xffff, BREAK],
	];
	const signs = new Map();

	function signOf(code) {
		if (code >= 0x3400 && code < 0xa000)
			return WORD;
		if (!signs.has(code)) {
			const row = SIGNS.find(([first, last]) =>
				code >= first && code <= last);

			signs.set(code, row ? row[2] : WORD);
		}
		return signs.get(code);
	}

	function isAscii(letter) {
		return /^[0-9a-z]$/.test(letter);
	}

	/* The folded text, and where in `text` each of its characters begins. */
	function foldWithPlaces(text) {
		let folded = "";
		let last = "";
		let gap = {};
		const places = [];
		let at = 0;

		function take(letter, place) {
			for (let i = 0; i < letter.length; i++)
				places.push(place);
			folded += letter;
		}
		function fold(code, letter) {
			const sign = signOf(code);

			if (sign !== WORD) {
				gap[sign] = true;
				return;
			}
			const small = code >= 0x3400 && code < 0xa000 ? letter :
				String.fromCodePoint(letter.toLowerCase().codePointAt(0));

			if (last !== "" && gap[BREAK])
				take(" ", at);
			else if (gap[JOIN] && isAscii(last) && isAscii(small))
				take("_", at);
			else if (last !== "" && gap[SPACE])
				take(" ", at);
			take(small, at);
			last = small;
			gap = {};
		}

		for (const letter of text) {
			const code = letter.codePointAt(0);

			if (code < 0xa0 || (code >= 0x3400 && code < 0xa000))
				fold(code, letter);
			else
				for (const part of letter.normalize("NFKC"))
					fold(part.codePointAt(0), part);
			at += letter.length;
		}
		return {folded, places};
	}

	function fold(text) {
		return foldWithPlaces(text).folded;
	}

	/* Numbers of documents, 2026_6号, with what is behind them. */
	const NUMBERS = /[0-9]{4}_[0-9]{1,8}[^0-9a-z_]/gu;

	/* Every two characters of a word, and every four of ASCII. */
	function termsOf(word) {
		const pairs = [], fours = [];

		for (const part of word.split("_")) {
			const letters = [...part];

			for (let i = 0; i + 1 < letters.length; i++)
				pairs.push(letters[i] + letters[i + 1]);
			for (const run of part.match(/[0-9a-z]{4,}/g) || [])
				for (let i = 0; i + 4 <= run.length; i++)
					fours.push(run.slice(i, i + 4));
		}
		return {pairs, fours};
	}

	/*
	 * The terms to look up, the best first: numbers of documents and nothing in
	 * them, fours of ASCII before the pairs in them, and of pairs those that do
	 * not overlap, since they say the most.
	 */
	function lookups(word) {
		const {pairs, fours} = termsOf(word.replace(NUMBERS, "_"));
		const good = [...word.match(NUMBERS) || []], rest = [];

		for (const [i, four] of fours.entries())
			(i % 4 === 0 || i === fours.length - 1 ? good : rest).push(four);
		for (const [i, pair] of pairs.entries()) {
			const isPlain = fours.length > 0 && /^[0-9a-z]{2}$/.test(pair);

			(!isPlain && (i % 2 === 0 || i === pairs.length - 1) ?
				good : rest).push(pair);
		}
		return {good: [...new Set(good)], rest: [...new Set(rest)]};
	}

	/* The number of 24 bits by which the index knows a term. */
	function numberOf(term) {
		let hash = 2166136261;

		for (const letter of term)
			hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
		hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
		return (hash ^ (hash >>> 13)) >>> 8;
	}

	const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" +
		"abcdefghijklmnopqrstuvwxyz0123456789-_";

	/* Blocks by where the term stands: [first, title or first, anywhere]. */
	function readBlocks(text) {
		const blocks = [[], [], []];
		let last = 0, step = 0, scale = 1;

		for (const letter of text) {
			const digit = DIGITS.indexOf(letter);

			step += (digit & 31) * scale;
			scale *= 32;
			if (digit >= 32)
				continue;
			last += Math.floor(step / 4);
			for (let list = 2 - step % 4; list < 3; list++)
				blocks[list].push(last);
			step = 0;
			scale = 1;
		}
		return blocks;
	}

	/* --- the files of the index ------------------------------------------ */

	const FIELDS = ["address", "title", "date", "type", "first", "site",
		"topic", "validity", "stamp", "number", "summary", "files", "text"];

	class Index {
		constructor(base, load) {
			this.base = base;
			this.load = load;
			this.files = new Map();
			this.blocks = new Map();
		}

		file(name) {
			if (!this.files.has(name))
				this.files.set(name, this.load(this.base + name));
			return this.files.get(name);
		}

		async open() {
			this.head = JSON.parse(await this.file("index.json"));
			this.newest = this.head.newest ?
				parseInt(this.head.newest, 16) : 0;
			/* words of languages with blanks stand between bars */
			this.same = this.head.same.map((line) =>
				line.split(line.includes("|") ? "|" : " ").map(fold));
			this.asking = this.head.asking.map(fold)
				.sort((a, b) => b.length - a.length);
			this.plain = new Map();
			const pairs = [...this.head.traditional || ""];

			for (let i = 0; i + 1 < pairs.length; i += 2)
				this.plain.set(pairs[i], pairs[i + 1]);
		}

		/* Blocks that have the term; some may only seem to. */
		async term(term) {
			const number = numberOf(term);
			const shard = Math.floor(number * this.head.shards / 2 ** 24);
			const name = shard.toString(16).padStart(3, "0");
			const text = "\n" + await this.file(`s/${name}.txt`);
			const key = [18, 12, 6, 0]
				.map((shift) => DIGITS[(number >> shift) & 63]).join("");
			const start = text.indexOf("\n" + key);

			return readBlocks(start < 0 ? "" : text.slice(start + 5,
				text.indexOf("\n", start + 1)));
		}

		/* The texts of a block, newest first, folded as they are asked for. */
		async block(number) {
			if (!this.blocks.has(number)) {
				const text = await this.file(`b/${number.toString(16)}.txt`);

				this.blocks.set(number, {
					texts: text.split("\n").filter((line) => line)
						.map((line, row) => new Text(line, number, row)),
				});
			}
			return this.blocks.get(number);
		}

		/* They come together: far from the server each way costs more than a
		   block. Who reads one is told what went wrong. */
		expect(numbers) {
			for (const number of numbers)
				this.block(number).catch(() => {});
		}
	}

	class Text {
		constructor(line, block, row) {
			for (const [i, value] of line.split("\t").entries())
				this[FIELDS[i]] = value;
			this.block = block;
			this.row = row;
			this.year = this.date.slice(0, 4);
		}

		get foldedTitle() {
			this._title ??= fold(this.title) + " " + fold(this.number);
			return this._title;
		}

		get folded() {
			this._all ??= [this.foldedTitle, fold(this.summary),
				fold(this.files), fold(this.text)].join(" ");
			return this._all;
		}
	}

	/* --- what is asked ---------------------------------------------------- */

	function wordsOf(folded) {
		return [...new Set(folded.split(" ").filter((word) => word))];
	}

	/* A word of ASCII stands alone: "the" is not in "other". */
	function pattern(word) {
		const plain = word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

		return new RegExp((isAscii(word[0]) ? "(?<![0-9a-z])" : "") + plain +
			(isAscii(word[word.length - 1]) ? "(?![0-9a-z])" : ""), "gu");
	}

	function has(text, word) {
		return text.includes(word) && pattern(word).test(text);
	}

	function swap(text, word, other) {
		return text.replace(pattern(word), () => other);
	}

	/* The same in official words: all of them, then one by one. */
	function variantsOf(index, folded) {
		const singles = [];
		let all = folded;

		for (const [official, ...others] of index.same) {
			const found = others.filter((word) => has(folded, word))
				.sort((a, b) => b.length - a.length)[0];

			if (!found || (folded.includes(official) &&
					!found.includes(official)))
				continue;
			singles.push(swap(folded, found, official));
			all = swap(all, found, official);
		}
		return [...new Set([folded, all, ...singles])].slice(0, 3);
	}

	function toPlain(index, text) {
		return [...text].map((letter) =>
			index.plain.get(letter) || letter).join("");
	}

	function withoutAsking(index, folded) {
		let text = folded;

		for (const word of index.asking)
			text = swap(text, word, " ");
		return text.replace(/ +/g, " ").trim();
	}

	/* --- finding ----------------------------------------------------------- */

	const AT_A_TIME = 2, MOST_AT_FIRST = 4; /* blocks that are read */
	const LISTS = 3; /* first, title, text: also the order of results */

	function meet(lists) {
		if (lists.length === 0)
			return [];
		const [least, ...others] = [...lists]
			.sort((a, b) => a.length - b.length);
		const sets = others.map((list) => new Set(list));

		return least.filter((block) => sets.every((set) => set.has(block)));
	}

	/* The blocks that may have all words, by list. */
	async function candidates(index, words) {
		const terms = words.map(lookups);
		const good = [...new Set(terms.flatMap((one) => one.good))].slice(0, 4);
		const rest = [...new Set(terms.flatMap((one) => one.rest))].slice(0, 2);
		const found = good.length === 0 ? [] : await Promise.all(
			[...good, ...rest].map((term) => index.term(term)));

		return [0, 1, 2].map((list) =>
			meet(found.map((lists) => lists[list])));
	}

	/* 0: a service or policy in force by its title, 1: by title, 2: by text. */
	function rankOf(text, variants) {
		let rank = LISTS;

		for (const words of variants) {
			if (words.every((word) => text.foldedTitle.includes(word)))
				return text.first ? 0 : 1;
			if (words.every((word) => text.folded.includes(word)))
				rank = 2;
		}
		return rank;
	}

	/*
	 * One search: `next` reads on until something new was found, in the order
	 * in which results are shown. `done` says that nothing is left.
	 */
	class Search {
		constructor(index, variants) {
			this.index = index;
			this.variants = variants.map(wordsOf)
				.filter((words) => words.length > 0);
			this.found = [[], [], []];
			this.front = []; /* titles that have it in parts */
			this.read = new Set();
			this.reads = 0; /* blocks beyond the newest */
			this.queue = null;
			this.done = false;
		}

		async start() {
			const lists = [new Set(), new Set(), new Set()];

			this.index.expect(this.index.newest ? [this.index.newest] : []);
			for (const blocks of await Promise.all(this.variants
				.map((words) => candidates(this.index, words))))
				for (let list = 0; list < LISTS; list++)
					for (const block of blocks[list])
						lists[list].add(block);
			this.queue = [...new Set(lists.flatMap((blocks) =>
				[...blocks].sort((a, b) => b - a)))];
			this.lists = lists;
			this.index.expect(this.queue.slice(0, MOST_AT_FIRST));
			if (this.index.newest)
				await this.take(this.index.newest);
			this.done = this.queue.length === 0;
		}

		get hasTitles() {
			return this.found[0].length + this.found[1].length > 0;
		}

		get isEmpty() {
			return this.found.every((texts) => texts.length === 0);
		}

		/* Reads on until something is found, in a title if some may have it. */
		async reach() {
			const mayBeTitle = (block) => this.lists[0].has(block) ||
				this.lists[1].has(block);

			await this.start();
			while (!this.done && (this.isEmpty ||
				(!this.hasTitles && this.reads < MOST_AT_FIRST &&
				this.queue.some(mayBeTitle))))
				await this.next(AT_A_TIME);
			return !this.isEmpty;
		}

		async take(number) {
			if (this.read.has(number))
				return;
			this.read.add(number);
			for (const text of (await this.index.block(number)).texts) {
				const rank = rankOf(text, this.variants);

				if (rank < LISTS)
					this.found[rank].push(text);
			}
		}

		/* Reads some blocks more. */
		async next(count) {
			const blocks = this.queue.splice(0, count);

			this.reads += blocks.length;
			await Promise.all(blocks.map((block) => this.index.block(block)));
			for (const block of blocks)
				await this.take(block);
			this.done = this.queue.length === 0;
		}

		/* All that was found and whose place among the results is sure. */
		results() {
			const whole = this.variants.map((words) => words.join(" "));
			const isWhole = (text) => whole.includes(fold(text.title)) ||
				whole.includes(fold(text.number));
			const byDate = (a, b) => b.block - a.block || a.row - b.row;
			const sorted = [
				this.found[0].sort((a, b) => isWhole(b) - isWhole(a) ||
					(a.validity !== "") - (b.validity !== "") || byDate(a, b)),
				this.found[1].sort((a, b) => isWhole(b) - isWhole(a) ||
					(a.stamp !== "") - (b.stamp !== "") || byDate(a, b)),
				this.found[2].sort(byDate),
			];
			const unread = this.lists.map((blocks) =>
				this.queue.find((block) => blocks.has(block)));
			const open = unread.findIndex((block) => block !== undefined);

			const one = (texts) => [...new Set([...this.front, ...texts])];

			return {
				all: one(sorted.flat()),
				sure: one(sorted.flatMap((texts, list) => open < 0 || list < open ?
					texts : list > open ? [] :
						texts.filter((text) => text.block > unread[open]))),
			};
		}
	}

	/* --- nothing has all of it: what has the most ------------------------- */

	const NEAR_TERMS = 8, NEAR_BLOCKS = 4, NEAR_SHARE = 0.45;

	/* What a term is worth that few blocks have, and what one that many have. */
	function worth(index, blocks) {
		return Math.log(1 + index.head.shards / (1 + blocks));
	}

	/*
	 * Of Chinese every two characters; of a word in Latin letters its
	 * beginning, since what ends differs (museum, museums; hire, hiring).
	 */
	function partsOf(word) {
		const ENDING = 3, LEAST = 4;

		return /^[a-z]+$/.test(word) ?
			[word.slice(0, Math.max(LEAST, word.length - ENDING))] :
			termsOf(word).pairs;
	}

	/* The blocks that may have the part, by list. */
	async function blocksOf(index, part) {
		const {pairs, fours} = termsOf(part);
		const found = await Promise.all((fours.length > 0 ? fours : pairs)
			.map((term) => index.term(term)));

		return [0, 1, 2].map((list) => meet(found.map((lists) => lists[list])));
	}

	async function nearest(index, variants) {
		const pairs = [...new Set(variants.flatMap(wordsOf)
			.flatMap(partsOf))].slice(0, NEAR_TERMS);
		const terms = [];
		const scores = new Map();

		for (const [i, pair] of pairs.entries()) {
			const [, title, text] = await blocksOf(index, pair);
			/* what is meant stands last in Chinese */
			const inTitle = (3 + i / pairs.length) *
				worth(index, title.length);
			const inText = worth(index, text.length);

			terms.push({pair, inTitle, inText});
			for (const [blocks, score] of [[title, inTitle], [text, inText]])
				for (const block of blocks)
					scores.set(block, (scores.get(block) || 0) + score);
		}
		const blocks = [...scores].sort((a, b) => b[1] - a[1] || b[0] - a[0])
			.slice(0, NEAR_BLOCKS).map(([block]) => block);

		if (index.newest)
			blocks.push(index.newest);
		const rated = [];

		for (const block of new Set(blocks))
			for (const text of (await index.block(block)).texts) {
				let score = 0;
				let has = 0;

				for (const {pair, inTitle, inText} of terms) {
					has += text.folded.includes(pair);
					score += text.foldedTitle.includes(pair) ?
						inTitle * (text.first ? 1.25 : 1) + inText :
						text.folded.includes(pair) ? inText : 0;
				}
				score *= 1 + has / terms.length; /* much of it is better */
				if (score > 0)
					rated.push({text, score});
			}
		rated.sort((a, b) => b.score - a.score ||
			b.text.block - a.text.block || a.text.row - b.text.row);
		return {
			texts: rated.filter(({score}) => score >= NEAR_SHARE * rated[0].score)
				.map(({text}) => text).slice(0, 20),
			words: pairs,
		};
	}

	/* Changes that make one word the other: letters, and two of them swapped. */
	function distance(a, b) {
		const rows = [[...Array(b.length + 1).keys()]];

		for (let i = 1; i <= a.length; i++) {
			rows.push([i]);
			for (let j = 1; j <= b.length; j++) {
				let least = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1,
					rows[i - 1][j - 1] + (a[i - 1] !== b[j - 1]));

				if (i > 1 && j > 1 && a[i - 1] === b[j - 2] &&
						a[i - 2] === b[j - 1])
					least = Math.min(least, rows[i - 2][j - 2] + 1);
				rows[i].push(least);
			}
		}
		return rows[a.length][b.length];
	}

	/* The part of a title that is most like the word; "" when none is. */
	function meant(word, texts) {
		const most = word.length < 5 ? 1 : 2;
		const counts = new Map();

		if (word.length < 3)
			return "";
		for (const text of texts)
			for (let long = word.length - 1; long <= word.length + 1; long++)
				for (let i = 0; i + long <= text.foldedTitle.length; i++) {
					const part = text.foldedTitle.slice(i, i + long);
					const far = part.includes(" ") ? most + 1 :
						distance(word, part);

					if (far > 0 && far <= most)
						counts.set(part, (counts.get(part) || 0) +
							1 / far ** 2 + (long === word.length ? 0.5 : 0));
				}
		return [...counts].sort((a, b) => b[1] - a[1] ||
			(a[0] < b[0] ? -1 : 1)).map(([part]) => part)[0] || "";
	}

	/* --- titles that have the question in two parts ------------------------ */

	/* 事业单位招聘: a title with 事业单位 and 招聘 says more than a text with it. */
	async function titlesInParts(index, folded) {
		const letters = [...folded];
		const found = [];
		const splits = [];

		if (folded.includes(" "))
			splits.push(wordsOf(folded));
		else if (letters.length <= 8 && /^\p{Script=Han}+$/u.test(folded))
			for (let at = 2; at <= letters.length - 2; at++)
				splits.push([letters.slice(0, at).join(""),
					letters.slice(at).join("")]);
		for (const words of splits) {
			const [first, title] = await candidates(index, words);
			const blocks = [...new Set([...first, ...title, index.newest])]
				.sort((a, b) => b - a).slice(0, 3);

			for (const block of blocks)
				for (const text of (await index.block(block)).texts)
					if (words.every((word) => text.foldedTitle.includes(word)) &&
							!text.stamp && !found.includes(text))
						found.push(text);
			if (found.length > 0)
				return found.sort((a, b) => (b.first !== "") - (a.first !== "") ||
					b.block - a.block || a.row - b.row);
		}
		return [];
	}

	/* --- the whole of a question ------------------------------------------ */

	/*
	 * What people typed, as found: exactly (in these words or official ones),
	 * else without the words that only ask, else what is nearest.
	 */
	async function answer(index, typed) {
		const folded = fold(typed);
		const plain = toPlain(index, folded);

		if (wordsOf(folded).every((word) => [...word].length < 2))
			return {kind: "short", search: null, texts: [], words: []};
		for (const [kind, text] of [["exact", folded], ["exact", plain],
			["words", withoutAsking(index, plain)]]) {
			const variants = variantsOf(index, text);
			const search = new Search(index, variants);

			if (text !== "" && await search.reach() &&
					search.hasTitles === false)
				search.front = await titlesInParts(index, text);
			if (!search.isEmpty)
				return {kind, search, words: search.variants.flat(),
					also: variants.slice(1), bare: text};
		}
		const bare = withoutAsking(index, plain);
		const near = await nearest(index, variantsOf(index, bare || plain));
		const words = wordsOf(bare || plain);
		const better = words.map((word) => meant(word, near.texts) || word);

		return {
			kind: near.texts.length > 0 ? "near" : "none", search: null,
			texts: near.texts, words: near.words,
			meant: better.join(" ") === words.join(" ") ? "" : better.join(" "),
		};
	}

	/* --- the page ---------------------------------------------------------- */

	const AT_ONCE = 10;
	const FEW = 3; /* results, below which one may go on elsewhere */
	const FACETS = ["type", "site", "year", "topic", "validity"];

	function make(name, className, text) {
		const made = document.createElement(name);

		made.className = className;
		made.textContent = text || "";
		return made;
	}

	/* Where the words stand in the text: [start, end] in order. */
	function hitsIn(text, words) {
		const {folded, places} = foldWithPlaces(text);
		const hits = [];

		places.push(text.length);
		for (let at = 0; at < folded.length;) {
			const [start, word] = words
				.map((one) => [folded.indexOf(one, at), one])
				.filter(([place]) => place >= 0)
				.sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0] ||
				[];

			if (word === undefined)
				break;
			at = start + word.length;
			/* a sign behind the word is not part of it */
			const last = places[at - 1];

			hits.push([places[start],
				last + [...text.slice(last)][0].length]);
		}
		return hits;
	}

	function marked(name, className, text, hits) {
		const made = make(name, className);
		let at = 0;

		for (const [start, end] of hits) {
			made.append(text.slice(at, start),
				make("mark", "", text.slice(start, end)));
			at = end;
		}
		made.append(text.slice(at));
		return made;
	}

	/* Where the next word begins, if one is cut: of words between blanks. */
	function wordAt(text, at, most) {
		const blank = text.slice(at - 1, at + 1).match(/^[^\W\d_]{2}$/) ?
			text.indexOf(" ", at) : -1;

		return blank > 0 && blank < most ? blank + 1 : at;
	}

	/* 2 March 2026: as the theme's strings have it. */
	function written(date, say) {
		const [year, month, day] = date.split("-");
		const parts = {"%Y": year, "%m": month, "%d": day,
			"%-m": String(Number(month)), "%-d": String(Number(day)),
			"%B": say.months.split(" ")[month - 1]};

		return say.day.replace(/%-?[YmdB]/g, (part) => parts[part] ?? part);
	}

	/* A telephone number stays on one line; hits keep their places. */
	function whole(text) {
		return text.replace(/([\d)]) (?=\d)/g, "$1\u00a0");
	}

	/* Some words around the first hit of a text; its summary without one. */
	function excerpt(text, words) {
		const BEFORE = 24, LONG = 110;
		const parts = [text.summary, text.text, text.files]
			.map((part) => part.replaceAll("\x1f", " ").trim());
		const found = parts.find((part) => hitsIn(part, words).length > 0) ||
			parts.find((part) => part) || "";
		const first = (hitsIn(found, words)[0] || [0])[0];
		const start = first <= BEFORE * 2 ? 0 :
			wordAt(found, first - BEFORE, first);
		const end = wordAt(found, Math.min(found.length, start + LONG),
			Math.min(found.length, start + LONG + BEFORE));
		const shown = (start > 0 ? "…" : "") +
			found.slice(start, end) +
			(end < found.length ? "…" : "");

		return marked("p", "result-summary", whole(shown), hitsIn(shown, words));
	}

	function isAddress(address) {
		return /^(\/(?!\/)|https:\/\/)/.test(address);
	}

	function resultItem(text, words, say) {
		const item = make("li", "result");
		const title = make("h2", "result-title");
		const link = marked("a", "result-link", text.title,
			hitsIn(text.title, words));
		const facts = make("p", "result-facts");

		if (isAddress(text.address))
			link.href = text.address;
		title.append(make("span", "tag", text.type), link);
		if (text.stamp)
			title.append(make("span", "tag is-stamp", text.stamp));
		item.append(title, excerpt(text, words));
		if (text.validity)
			facts.append(make("span", text.first ? "tag is-valid" :
				"tag is-over", text.validity));
		if (text.number)
			facts.append(marked("span", "", text.number,
				hitsIn(text.number, words)));
		facts.append(make("span", "", text.site), make("time", "", written(text.date, say)));
		facts.querySelector("time").dateTime = text.date;
		item.append(facts);
		return item;
	}

	function fill(pattern, values) {
		return pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
	}

	function countsOf(texts, facet) {
		const counts = new Map();

		for (const text of texts)
			if (text[facet])
				counts.set(text[facet], (counts.get(text[facet]) || 0) + 1);
		return [...counts].sort((a, b) => facet === "year" ?
			(a[0] < b[0] ? 1 : -1) : b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	}

	async function load(address) {
		const answer = await fetch(address);

		if (!answer.ok)
			throw new Error(address + ": " + answer.status);
		return answer.text();
	}

	function startPage() {
		const box = document.querySelector("[data-search]");

		if (!box)
			return;
		const say = box.dataset;
		const input = document.querySelector("#search--words");
		const status = box.querySelector("[role=status]");
		const note = box.querySelector("[data-note]");
		const list = box.querySelector("[data-results]");
		const more = box.querySelector("[data-more]");
		const filters = box.querySelector("[data-filters]");
		const groups = box.querySelector("[data-groups]");
		const elsewhere = [...document.querySelectorAll("[data-elsewhere]")];
		const rest = document.querySelector("[data-rest]");
		const columns = document.querySelector("[data-columns]");
		const root = document.documentElement;
		const index = new Index(say.search, load);
		let opened = null;
		let turn = 0; /* what ends late belongs to an earlier turn */
		let found = null;
		let chosen = {};
		let shown = [];

		function ask() {
			const query = new URLSearchParams(location.search);

			input.value = (query.get("q") || "").slice(0, 64);
			chosen = {};
			for (const facet of FACETS)
				if (query.get(facet))
					chosen[facet] = query.get(facet);
		}
		function addressOf(facet, value) {
			const query = new URLSearchParams({q: input.value, ...chosen});

			if (value)
				query.set(facet, value);
			else
				query.delete(facet);
			return "?" + query;
		}
		function fits(text, but) {
			return FACETS.every((facet) => facet === but || !chosen[facet] ||
				text[facet] === chosen[facet]);
		}
		function go(address) {
			history.pushState(null, "", address);
			ask();
			run();
		}

		function group(facet, texts) {
			const counts = countsOf(texts.filter((text) => fits(text, facet)),
				facet);
			const part = make("section", "filter");
			const items = make("ul", "filter-list");

			if (chosen[facet] && !counts.some(([value]) =>
				value === chosen[facet]))
				counts.push([chosen[facet], 0]);
			if (counts.length < 2 && !chosen[facet])
				return null;
			part.append(make("h3", "filter-title", say[facet]));
			for (const [value, count] of [["", 0], ...counts.slice(0, 12)]) {
				const item = make("li", "");
				const link = make("a", "filter-link", value || say.all);

				link.href = addressOf(facet, value);
				link.dataset.facet = facet + value;
				if ((chosen[facet] || "") === value)
					link.setAttribute("aria-current", "true");
				if (value)
					link.append(make("span", "filter-count", count +
						(found.search && !found.search.done ? "+" : "")));
				item.append(link);
				items.append(item);
			}
			part.append(items);
			return part;
		}
		function showFilters(texts) {
			const focus = document.activeElement?.dataset?.facet;
			const parts = FACETS.map((facet) => group(facet, texts))
				.filter((part) => part);

			groups.replaceChildren(...parts);
			filters.hidden = parts.length === 0;
			for (const link of groups.querySelectorAll("a"))
				if (focus !== undefined && link.dataset.facet === focus)
					link.focus();
		}

		function link(text) {
			const made = make("a", "", text);

			made.href = "?" + new URLSearchParams({q: text});
			made.dataset.go = "";
			return made;
		}
		function showNote() {
			const parts = [];
			const also = (found.also || []).map((text) =>
				text.replaceAll("_", " "));

			if (found.meant)
				parts.push(say.meant, link(found.meant.replaceAll("_", " ")));
			else if (found.kind === "exact" && also.length > 0)
				parts.push(fill(say.also, {words: also.join("、")}));
			note.hidden = parts.length === 0;
			note.replaceChildren(...parts);
		}
		function sentence(count) {
			const values = {
				q: input.value.trim(), count,
				words: found.bare ? found.bare.replaceAll(" ", "、") : "",
			};
			const isMore = found.search && !found.search.done;

			if (found.kind === "short")
				return say.short;
			if (count === 0 && !isMore)
				return fill(say.none, values);
			if (found.kind === "near")
				return fill(say.near, values);
			return (found.kind === "words" ? fill(say.words, values) : "") +
				(found.search.front.length > 0 ? say.front : "") +
				fill(isMore ? say.many : say.found, values);
		}

		function texts() {
			if (!found.search)
				return {all: found.texts, sure: found.texts};
			return found.search.results();
		}
		async function showMore(own, byHand) {
			const start = shown.length;
			const wanted = start + AT_ONCE;
			const fresh = () => texts().sure.filter((text) => fits(text) &&
				!shown.includes(text));

			while (found.search && !found.search.done && own === turn &&
					shown.length + fresh().length < wanted &&
					(byHand || fresh().length === 0 ||
					found.search.reads < MOST_AT_FIRST))
				await found.search.next(AT_A_TIME);
			if (own !== turn)
				return;
			const added = fresh().slice(0, AT_ONCE);

			shown.push(...added);
			list.append(...added.map((text) =>
				resultItem(text, found.words, say)));
			const {all} = texts();

			more.hidden = fresh().length === 0 &&
				!(found.search && !found.search.done);
			showFilters(all);
			showNote();
			status.textContent = sentence(all.filter((text) =>
				fits(text)).length);
			if (byHand && list.children[start])
				list.children[start].querySelector("a").focus();
		}

		function toElsewhere() {
			for (const one of elsewhere) {
				const address = new URL(one.dataset.elsewhere, location.href);

				if (input.value.trim() !== "")
					address.searchParams.set("q", input.value);
				one.href = address.href;
			}
		}
		/* What follows comes into sight where it stays, and nothing moves. */
		function keepRoom(isKept) {
			root.toggleAttribute("data-asks", isKept);
			if (rest)
				rest.hidden = isKept;
			if (columns)
				columns.hidden = shown.length > FEW;
		}
		async function run() {
			const own = ++turn;
			const typed = input.value;

			shown = [];
			list.replaceChildren();
			note.hidden = filters.hidden = more.hidden = true;
			toElsewhere();
			if (typed.trim() === "") {
				keepRoom(false);
				status.textContent = say.ask;
				return;
			}
			keepRoom(true);
			status.textContent = say.loading;
			box.setAttribute("aria-busy", "true");
			try {
				opened ??= index.open();
				await opened;
				const answered = await answer(index, typed);

				if (own !== turn)
					return;
				found = answered;
				await showMore(own, false);
			} catch (error) {
				opened = null;
				index.files.clear();
				if (own === turn)
					status.textContent = say.failed;
			}
			if (own === turn) {
				keepRoom(false);
				box.removeAttribute("aria-busy");
			}
		}

		input.form.addEventListener("submit", (event) => {
			event.preventDefault();
			go("?" + new URLSearchParams({q: input.value}));
		});
		box.addEventListener("click", (event) => {
			const to = event.target.closest("a[data-facet], a[data-go]");

			if (!to || event.ctrlKey || event.metaKey || event.shiftKey)
				return;
			event.preventDefault();
			go(to.getAttribute("href"));
		});
		more.addEventListener("click", async () => {
			more.disabled = true;
			try {
				await showMore(turn, true);
			} catch (error) {
				status.textContent = say.failed;
			}
			more.disabled = false;
		});
		window.addEventListener("popstate", () => {
			ask();
			run();
		});
		if (matchMedia("(min-width: 62rem)").matches)
			filters.open = true;
		ask();
		run();
	}

	if (typeof document === "undefined")
		globalThis.jiyueSearch = {Index, Search, answer, fold, termsOf,
			AT_A_TIME, MOST_AT_FIRST};
	else
		startPage();
})();
