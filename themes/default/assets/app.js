/*
 * What pages can do beyond reading: ways of showing them, font size, reading
 * aloud, printing and sharing (the search page has search.js). Everything else
 * works without it. Nothing is sent anywhere; texts come from the page.
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
		if (value && value !== "off")
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
		for (const button of findAll("[data-toggle]"))
			button.setAttribute("aria-pressed",
				state(button.dataset.toggle) !== "");
		for (const button of findAll("[data-elder-leave]"))
			button.hidden = state("elder") === "";
	}

	/*
	 * What only a script can do is made by it: for each text of the box, a
	 * button with what it does, or a label of those behind it.
	 */
	const MODES = [
		["elder", "elder", ""],
		["aids"],
		["point", "toggle", "point"],
		["cursor", "toggle", "cursor"],
		["guide", "toggle", "guide"],
		["plain", "toggle", "plain"],
		["scheme"],
		["auto", "schemeSet", ""],
		["light", "schemeSet", "light"],
		["dark", "schemeSet", "dark"],
		["contrast", "schemeSet", "contrast"],
	];

	/* Names and what they are called: "large=大;small=小". */
	function pairs(text) {
		return text.split(";").map((pair) => pair.split("="));
	}

	function makeButton(text, does, value) {
		const button = document.createElement("button");

		button.type = "button";
		button.dataset[does] = value;
		button.textContent = text;
		return button;
	}

	function makeModes(box) {
		const texts = Object.fromEntries(pairs(box.dataset.modes));

		for (const [name, does, value] of MODES) {
			const element = does ? makeButton(texts[name], does, value) :
				document.createElement("p");

			element.className = does ? "button" : "mode-label";
			element.textContent = texts[name];
			box.append(element);
		}
		if (texts.leave) {
			const button = makeButton(texts.leave, "elderLeave", "");

			button.className = "tool";
			box.closest(".modes").prepend(button);
		}
	}

	function makeSizes(box) {
		for (const [size, text] of pairs(box.dataset.sizes))
			if (text)
				box.append(makeButton(text, "sizeSet", size));
	}

	function startModes() {
		findAll("[data-modes]").forEach(makeModes);
		findAll("[data-sizes]").forEach(makeSizes);
		show(findAll("[data-modes], [data-sizes]"));
		onClick(findAll("[data-scheme-set]"), (button) =>
			remember("scheme", button.dataset.schemeSet));
		onClick(findAll("[data-size-set]"), (button) =>
			remember("size", button.dataset.sizeSet));
		onClick(findAll("[data-elder]:not(html)"), () =>
			remember("elder", state("elder") ? "off" : "on"));
		onClick(findAll("[data-elder-leave]"), () => remember("elder", "off"));
		for (const button of findAll("[data-toggle=point]"))
			button.hidden = !window.speechSynthesis;
		onClick(findAll("[data-toggle]"), (button) => {
			const name = button.dataset.toggle;

			remember(name, state(name) ? "" : "on");
			if (name === "point" && window.speechSynthesis)
				speechSynthesis.cancel();
		});
		press();
	}

	function elderChoice() {
		try {
			return localStorage.getItem("jiyue-elder");
		} catch (error) {
			return state("elder");
		}
	}

	/*
	 * The other sites of the city remember for themselves: links to them say
	 * how this one is shown, and modes.js there takes it out of the address.
	 */
	const NOT_OF_THE_CITY =
		".outside, .leave *, .footer-marks *, .footer-lines *";

	function startCarrying() {
		function carry(event) {
			const link = event.target.closest("a[href]");
			const choice = elderChoice();

			if (!choice || !link || !/^https?:$/.test(link.protocol) ||
					link.host === location.host ||
					link.matches(NOT_OF_THE_CITY))
				return;

			const to = new URL(link.href);

			to.searchParams.set("elder", choice);
			link.href = to.href;
		}

		document.addEventListener("click", carry, true);
		document.addEventListener("auxclick", carry, true);
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

			if (event.key !== "Escape" || !panel)
				return;
			panel.open = false;
			find("summary", panel).focus();
		});
	}

	/* The link to the list of columns becomes the button that opens it. */
	function startMenu() {
		const button = find("[data-menu]");
		const list = find("#nav--list");

		if (!button || !list)
			return;
		function open(isOpen) {
			button.setAttribute("aria-expanded", isOpen);
		}
		function toggle(event) {
			event.preventDefault();
			open(button.getAttribute("aria-expanded") !== "true");
		}

		button.setAttribute("role", "button");
		button.setAttribute("aria-controls", list.id);
		open(false);
		button.addEventListener("click", toggle);
		button.addEventListener("keydown", (event) => {
			if (event.key === " ")
				toggle(event);
		});
		document.addEventListener("keydown", (event) => {
			if (event.key !== "Escape")
				return;
			if (button.getAttribute("aria-expanded") === "true") {
				open(false);
				button.focus();
			}
			list.classList.add("is-quiet");
		});
		for (const moved of ["focusin", "mouseover"])
			list.addEventListener(moved, (event) => {
				if (event.target.closest("li") &&
						!event.target.closest(".nav-sub"))
					list.classList.remove("is-quiet");
			});
		list.addEventListener("mouseleave", () =>
			list.classList.remove("is-quiet"));
	}

	/* Links to the parts of a page become tabs: arrows go along them. */
	function startTabs() {
		for (const box of findAll("[data-tabs]")) {
			const tabs = [...box.querySelectorAll("[data-tab]")];
			const panels = [...box.querySelectorAll("[data-panel]")];
			const choose = (chosen) => tabs.forEach((tab, i) => {
				const isChosen = tab === chosen;

				tab.setAttribute("aria-selected", isChosen);
				tab.tabIndex = isChosen ? 0 : -1;
				panels[i].classList.toggle("is-chosen", isChosen);
			});

			box.classList.add("has-chosen");
			if (tabs.length < 2) {
				panels.forEach((one) => one.classList.add("is-chosen"));
				continue;
			}
			find(".tabs", box).setAttribute("role", "tablist");
			tabs.forEach((tab, i) => {
				tab.parentElement.setAttribute("role", "presentation");
				tab.setAttribute("role", "tab");
				tab.setAttribute("aria-controls", panels[i].id);
				tab.id = panels[i].id + "-tab";
				panels[i].setAttribute("role", "tabpanel");
				panels[i].setAttribute("aria-labelledby", tab.id);
				tab.addEventListener("click", (event) => {
					event.preventDefault();
					choose(tab);
				});
				tab.addEventListener("keydown", (event) => {
					const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
					const next = tabs[(i + step + tabs.length) % tabs.length];

					if (!step && event.key !== " ")
						return;
					event.preventDefault();
					choose(step ? next : tab);
					if (step)
						next.focus();
				});
			});
			choose(tabs[0]);
		}
	}

	/* What an address leads to inside something folded is unfolded. */
	function startFolds() {
		function unfold() {
			const target = document.getElementById(
				decodeURIComponent(location.hash.slice(1)));

			if (target && target.matches("details"))
				target.open = true;
		}

		unfold();
		window.addEventListener("hashchange", unfold);
	}

	/* Beside the text there is room for the contents. */
	function startContents() {
		const contents = find("[data-contents]");

		if (contents && matchMedia("(min-width: 75rem)").matches)
			contents.open = true;
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
		for (const [event, isOpen] of [["beforeprint", true],
			["afterprint", false]])
			addEventListener(event, () => {
				for (const panel of findAll("details.share"))
					panel.open = isOpen;
			});
	}

	/* --- reading aloud --------------------------------------------------- */

	const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, " +
		"figcaption, caption, blockquote, pre";
	const UNREAD = "nav, button, select, script, style, noscript, svg, " +
		"[hidden], [data-unread], .visually-hidden";
	const SENTENCE = /[^。！？；!?]{1,180}[。！？；!?]*[”’」』）】]*/g;

	/* Values of a fact that stand on lines of their own are read so. */
	function isOwnLine(element) {
		return element !== null &&
			getComputedStyle(element).display === "block";
	}

	/* What is shown of the article, block by block, in reading order. */
	function readBlocks(article) {
		const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
		const blocks = [];
		let last = null;

		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const parent = node.parentElement;
			const value = parent.closest(".fact-value");
			const element = isOwnLine(value) ? value :
				parent.closest(BLOCKS) || parent;

			if (node.data.trim() === "" || parent.closest(UNREAD) ||
					parent.getClientRects().length === 0)
				continue;
			if (!last || last.element !== element) {
				last = {element, text: "", nodes: []};
				blocks.push(last);
			}
			last.nodes.push({node, start: last.text.length});
			last.text += node.data;
		}
		return blocks;
	}

	/* The place of a character of a block: [text node, offset]. */
	function placeIn(block, at) {
		const from = block.nodes.filter((one) => one.start <= at).pop();

		return [from.node, Math.min(at - from.start, from.node.data.length)];
	}

	function sentencesOf(article) {
		return readBlocks(article).flatMap((block) =>
			[...block.text.matchAll(SENTENCE)]
				.filter((found) => found[0].trim() !== "")
				.map((found) => ({
					block,
					text: found[0].trim(),
					start: found.index,
					end: found.index + found[0].length,
				})));
	}

	/* Marks the sentence itself where the browser can, else its block. */
	function markSpoken(sentence) {
		for (const element of findAll(".is-spoken"))
			element.classList.remove("is-spoken");
		if (window.Highlight && CSS.highlights)
			CSS.highlights.delete("spoken");
		if (!sentence)
			return;
		sentence.block.element.scrollIntoView({block: "nearest"});
		if (window.Highlight && CSS.highlights) {
			const range = new Range();

			range.setStart(...placeIn(sentence.block, sentence.start));
			range.setEnd(...placeIn(sentence.block, sentence.end));
			CSS.highlights.set("spoken", new Highlight(range));
		} else {
			sentence.block.element.classList.add("is-spoken");
		}
	}

	function startReading() {
		const tools = find("[data-reading]");
		const article = find("[data-article]");

		if (!tools || !article || !window.speechSynthesis)
			return;
		const speak = find("[data-speak]", tools);
		const pause = find("[data-pause]", tools);
		const rate = find("[data-rate]", tools);
		const labels = {speak: speak.textContent, pause: pause.textContent};
		let sentences = [];
		let at = 0;
		let turn = 0; /* what ends late belongs to an earlier turn */

		function showState(state) {
			speak.setAttribute("aria-pressed", state !== "off");
			speak.textContent = state === "off" ?
				labels.speak : speak.dataset.stop;
			pause.hidden = state === "off";
			pause.textContent = state === "paused" ?
				pause.dataset.goOn : labels.pause;
		}
		function hush() {
			turn++;
			speechSynthesis.cancel();
		}
		function stop() {
			hush();
			markSpoken(null);
			at = 0;
			showState("off");
		}
		function next() {
			const own = ++turn;

			if (at >= sentences.length) {
				stop();
				return;
			}
			const utterance = new SpeechSynthesisUtterance(sentences[at].text);

			utterance.lang = root.lang;
			utterance.rate = Number(rate.value);
			utterance.onend = () => {
				if (own !== turn)
					return;
				at++;
				next();
			};
			utterance.onerror = (event) => {
				if (own === turn && event.error !== "interrupted")
					stop();
			};
			markSpoken(sentences[at]);
			speechSynthesis.speak(utterance);
		}

		showState("off");
		tools.hidden = false;
		speak.addEventListener("click", () => {
			if (speak.getAttribute("aria-pressed") === "true") {
				stop();
				return;
			}
			sentences = sentencesOf(article);
			showState("on");
			next();
		});
		pause.addEventListener("click", () => {
			const isPaused = pause.textContent === pause.dataset.goOn;

			hush();
			showState(isPaused ? "on" : "paused");
			if (isPaused)
				next();
		});
		rate.addEventListener("change", () => {
			if (pause.hidden || pause.textContent === pause.dataset.goOn)
				return;
			hush();
			next();
		});
		window.addEventListener("pagehide", () => speechSynthesis.cancel());
	}

	/* --- help with reading ------------------------------------------------ */

	/* What the pointer or the focus is on is read, once it rests there. */
	function startPointing() {
		let last = null;
		let timer = 0;

		function point(event) {
			const place = event.target.closest &&
				event.target.closest(BLOCKS + ", a, button, label, img[alt]");

			if (!state("point") || !place || place === last)
				return;
			last = place;
			clearTimeout(timer);
			timer = setTimeout(() => {
				const text = place.getAttribute("aria-label") ||
					place.alt || place.innerText || "";
				const utterance = new SpeechSynthesisUtterance(
					text.trim().slice(0, 300));

				speechSynthesis.cancel();
				utterance.lang = root.lang;
				if (text.trim())
					speechSynthesis.speak(utterance);
				markSpoken(null);
				place.classList.add("is-spoken");
			}, 250);
		}

		if (window.speechSynthesis)
			for (const name of ["mouseover", "focusin", "touchstart"])
				document.addEventListener(name, point, {passive: true});
	}

	/* A line below the row that is read; it goes with the pointer. */
	function startGuide() {
		const line = document.createElement("div");

		line.className = "guide";
		line.setAttribute("aria-hidden", "true");
		document.body.append(line);
		document.addEventListener("pointermove", (event) => {
			if (state("guide"))
				line.style.top = event.clientY + 14 + "px";
		}, {passive: true});
	}

	/* --- leaving the site ------------------------------------------------ */

	/* Behind the last link of a dialog comes its first, and the other way. */
	function keepInside(dialog, event) {
		const links = [...dialog.querySelectorAll("a[href]")]
			.filter((link) => link.offsetParent);
		const edge = event.shiftKey ? links[0] : links[links.length - 1];

		if (document.activeElement !== edge &&
				links.includes(document.activeElement))
			return;
		event.preventDefault();
		links[event.shiftKey ? links.length - 1 : 0].focus();
	}

	/* Staying leads back to where the link was, with the focus on it. */
	function startLeaving() {
		const dialog = find(".leave");
		let from = null;

		if (!dialog)
			return;
		function isOpen() {
			return /^#leave-/.test(location.hash) &&
				find(".leave-to:target", dialog) !== null;
		}
		function show() {
			dialog.classList.toggle("is-open", isOpen());
			if (isOpen())
				dialog.focus();
		}
		function stay(event) {
			if (!from)
				return;
			event.preventDefault();
			history.back();
			from.focus();
			from = null;
		}

		show();
		document.addEventListener("click", (event) => {
			const link = event.target.closest("a[href*='#leave-']");

			if (link)
				from = link;
		});
		window.addEventListener("hashchange", show);
		onClick(findAll("[data-stay]"), (link, event) => stay(event));
		document.addEventListener("keydown", (event) => {
			if (isOpen() && event.key === "Escape")
				find("[data-stay]", dialog).click();
			else if (isOpen() && event.key === "Tab")
				keepInside(dialog, event);
		});
	}

	startModes();
	startCarrying();
	startPanels();
	startMenu();
	startTabs();
	startFolds();
	startContents();
	startSharing();
	startReading();
	startPointing();
	startGuide();
	startLeaving();
})();
