/* Applies the remembered way of showing pages before anything is drawn. */
(function () {
	"use strict";
	var root = document.documentElement;
	/* What a link of another site of the city brought along. */
	var brought = /[?&]elder=(on|off)(?=&|$)/.exec(location.search);

	if (brought) {
		try {
			localStorage.setItem("jiyue-elder", brought[1]);
		} catch (error) {
			/* Storage is switched off: it holds for this page only. */
			if (brought[1] === "on")
				root.setAttribute("data-elder", "on");
		}
		history.replaceState(history.state, "", location.pathname +
			location.search.replace(brought[0], "").replace(/^&/, "?") +
			location.hash);
	}
	root.setAttribute("data-script", "");
	if (/[?&]q=[^&]/.test(location.search))
		root.setAttribute("data-asks", "");
	["scheme", "elder", "size", "point", "cursor", "guide", "plain"].forEach(function (name) {
		var value = null;

		try {
			value = localStorage.getItem("jiyue-" + name);
		} catch (error) {
			/* Storage is switched off: the page stays as it is. */
		}
		if (value && value !== "off")
			root.setAttribute("data-" + name, value);
	});
})();
