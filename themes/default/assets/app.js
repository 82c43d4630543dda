/*
 * What pages can do beyond reading: ways of showing them, font size, reading
 * aloud, printing, sharing, and the search page. Everything else works
 * without it. Nothing is sent anywhere; texts come from the page.
 */
(() => {
	"use strict";

	const root = document.documentElement;
	const find = (selector, from) => (from || document).querySelector(selector);
	const findAll = (selector) => [...document.querySelectorAll(selector)];

	function show(elements) {
		for (const element of elements)
			element.hidden = false;
	}

	function onClick(elements, act) {
		for (const element of elements)
			element.addEventListener("click", (event) => act(element, event));
	}

	/* --- ways of showing ------------------------------------------------- */

	function remember(name, value) {
		if (value)
			root.setAttribute("data-" + name, value);
		else
			root.removeAttribute("data-" + name);
		try {
			if (value)
				localStorage.setItem("jiyue-" + name, value);
			else
				localStorage.removeItem("jiyue-" + name);
		} catch (error) {
			/* Storage is switched off: it holds for this page only. */
		}
		press();
	}

	function state(name) {
		return root.getAttribute("data-" + name) || "";
	}

	function press() {
		for (const button of findAll("[data-scheme-set]"))
			button.setAttribute("aria-pressed",
				button.dataset.schemeSet === state("scheme"));
		for (const button of findAll("[data-size-set]"))
			button.setAttribute("aria-pressed",
				button.dataset.sizeSet === state("size"));
		for (const button of findAll("[data-elder]:not(html)"))
			button.setAttribute("aria-pressed", state("elder") !== "");
		for (const button of findAll("[data-elder-leave]"))
			button.hidden = state("elder") === "";
	}

	function startModes() {
		show(findAll("[data-modes], [data-sizes]"));
		onClick(findAll("[data-scheme-set]"), (button) =>
			remember("scheme", button.dataset.schemeSet));
		onClick(findAll("[data-size-set]"), (button) =>
			remember("size", button.dataset.sizeSet));
		onClick(findAll("[data-elder]:not(html)"), () =>
			remember("elder", state("elder") ? "" : "on"));
		onClick(findAll("[data-elder-leave]"), () => remember("elder", ""));
		press();
	}

	/* Panels close with Escape, and when something else is clicked. */
	function startPanels() {
		const panels = findAll("details.drop");

		document.addEventListener("click", (event) => {
			for (const panel of panels)
				if (!panel.contains(event.target))
					panel.open = false;
		});
		document.addEventListener("keydown", (event) => {
			const panel = panels.find((one) => one.open);

			if (event.key !== "Escape")
				return;
			if (panel) {
				panel.open = false;
				find("summary", panel).focus();
			} else if (find(".nav-list").contains(document.activeElement)) {
				document.activeElement.blur();
			}
		});
	}

	/* --- articles -------------------------------------------------------- */

	function say(text) {
		for (const line of findAll("[data-status]"))
			line.textContent = text;
	}

	/* The page under its lasting address, without "#" and "?". */
	function ownAddress() {
		return document.querySelector("link[rel=canonical]").href;
	}

	async function copy(button) {
		const label = button.dataset.label || button.textContent;
		let message = button.dataset.copied;

		button.dataset.label = label;
		try {
			await navigator.clipboard.writeText(ownAddress());
		} catch (error) {
			message = button.dataset.failed;
		}
		button.textContent = message;
		say(message);
		setTimeout(() => {
			button.textContent = label;
		}, 2500);
	}

	function startSharing() {
		if (navigator.clipboard) {
			show(findAll("[data-copy]"));
			onClick(findAll("[data-copy]"), copy);
		}
		if (navigator.share) {
			show(findAll("[data-share]"));
			onClick(findAll("[data-share]"), () =>
				navigator.share({
					title: document.title,
					url: ownAddress(),
				}).catch(() => {}));
		}
		show(findAll("[data-print]"));
		onClick(findAll("[data-print]"), () => window.print());
	}

	/* Long texts are read in pieces: browsers stop within long ones. */
	function speak(text, whenDone) {
		const pieces = text.match(/[^。！？；\n]{1,180}[。！？；\n]?/g) || [];

		speechSynthesis.cancel();
		pieces.forEach((piece, i) => {
			const utterance = new SpeechSynthesisUtterance(piece);

			utterance.lang = root.lang;
			if (i === pieces.length - 1)
				utterance.onend = whenDone;
			speechSynthesis.speak(utterance);
		});
	}

	function startReading() {
		const button = find("[data-speak]");
		const body = find("[data-read]");

		if (!button || !body || !window.speechSynthesis)
			return;
		const label = button.textContent;
		const mark = (isOn) => {
			button.setAttribute("aria-pressed", isOn);
			button.textContent = isOn ? button.dataset.stop : label;
		};
		button.hidden = false;
		button.addEventListener("click", () => {
			if (button.getAttribute("aria-pressed") === "true") {
				speechSynthesis.cancel();
				mark(false);
			} else {
				mark(true);
				speak(body.innerText, () => mark(false));
			}
		});
		window.addEventListener("pagehide", () => speechSynthesis.cancel());
	}

	/* --- leaving the site ------------------------------------------------ */

	/* Staying leads back to where the link was, with the focus on it. */
	function startLeaving() {
		let from = null;

		function notice() {
			return /^#leave-/.test(location.hash) ?
				document.getElementById(location.hash.slice(1)) : null;
		}
		function stay(event) {
			if (!from)
				return;
			event.preventDefault();
			history.back();
			from.focus();
			from = null;
		}

		if (notice())
			notice().focus();
		document.addEventListener("click", (event) => {
			const link = event.target.closest("a[href*='#leave-']");

			if (link)
				from = link;
		});
		window.addEventListener("hashchange", () => notice() && notice().focus());
		onClick(findAll("[data-stay]"), (link, event) => stay(event));
		document.addEventListener("keydown", (event) => {
			if (event.key === "Escape" && notice())
				find("[data-stay]", notice()).click();
		});
	}

	/* --- search ---------------------------------------------------------- */

	const RESULTS_AT_ONCE = 20;

	/* Full-width letters and capitals are found as well. */
	function fold(text) {
		return (text || "").normalize("NFKC").toLowerCase();
	}

	/*
	 * The entries that hold every word: services first, words in the title
	 * before words in the summary, then the newest.
	 */
	function search(entries, words, first) {
		return entries.filter((entry) =>
			words.every((word) => entry.folded.includes(word))
		).map((entry) => ({
			entry,
			isFirst: first.includes(entry.k) && !entry.a,
			inTitle: words.every((word) => entry.title.includes(word)),
		})).sort((a, b) =>
			b.isFirst - a.isFirst || b.inTitle - a.inTitle ||
			(b.entry.d || "").localeCompare(a.entry.d || "")
		).map((found) => found.entry);
	}

	function element(name, className, text) {
		const made = document.createElement(name);

		made.className = className;
		made.textContent = text;
		return made;
	}

	/* `text` with the words marked; only where folding keeps the length. */
	function marked(name, className, text, words) {
		const made = element(name, className, "");
		const folded = fold(text);
		let at = 0;

		while (folded.length === text.length) {
			const hits = words.map((word) => [folded.indexOf(word, at), word])
				.filter(([start]) => start >= 0)
				.sort((a, b) => a[0] - b[0] || b[1].length - a[1].length);

			if (hits.length === 0)
				break;
			const [start, word] = hits[0];

			made.append(text.slice(at, start),
				element("mark", "", text.slice(start, start + word.length)));
			at = start + word.length;
		}
		made.append(text.slice(at));
		return made;
	}

	function resultItem(entry, words) {
		const item = element("li", "result", "");
		const link = marked("a", "result-link", entry.t, words);
		const facts = element("p", "result-facts", "");

		link.href = entry.u;
		if (entry.k)
			facts.append(element("span", "tag", entry.k));
		if (entry.d)
			facts.append(element("time", "", entry.d));
		if (entry.a)
			facts.append(element("span", "tag is-stamp", entry.a));
		item.append(link);
		if (entry.s)
			item.append(marked("p", "result-summary", entry.s, words));
		item.append(facts);
		return item;
	}

	async function startSearch() {
		const box = find("[data-index]");

		if (!box)
			return;
		const input = find("#page-q");
		const status = find(".results-status", box);
		const list = find(".results-list", box);
		const more = find("[data-more]", box);
		const first = box.dataset.first.split("|");
		let entries = [];
		let found = [];
		let words = [];
		let timer = 0;

		function showMore() {
			const start = list.children.length;

			list.append(...found.slice(start, start + RESULTS_AT_ONCE)
				.map((entry) => resultItem(entry, words)));
			more.hidden = list.children.length >= found.length;
			if (start > 0 && list.children[start])
				find("a", list.children[start]).focus();
		}
		function run() {
			words = fold(input.value).split(/\s+/).filter((word) => word);
			found = words.length ? search(entries, words, first) : [];
			list.textContent = "";
			if (words.length === 0)
				status.textContent = box.dataset.ask;
			else if (found.length === 0)
				status.textContent = box.dataset.empty;
			else
				status.textContent = found.length + " " + box.dataset.found;
			showMore();
		}

		input.value = new URLSearchParams(location.search).get("q") || "";
		status.textContent = box.dataset.loading;
		try {
			const answer = await fetch(box.dataset.index);

			if (!answer.ok)
				throw new Error(answer.status);
			entries = await answer.json();
		} catch (error) {
			status.textContent = box.dataset.failed;
			return;
		}
		for (const entry of entries) {
			entry.title = fold(entry.t);
			entry.folded = entry.title + "\n" + fold(entry.s);
		}
		input.addEventListener("input", () => {
			clearTimeout(timer);
			timer = setTimeout(run, 150);
		});
		input.form.addEventListener("submit", (event) => {
			event.preventDefault();
			history.replaceState(null, "",
				"?q=" + encodeURIComponent(input.value));
			run();
		});
		more.addEventListener("click", showMore);
		run();
	}

	startModes();
	startPanels();
	startSharing();
	startReading();
	startLeaving();
	startSearch();
})();
