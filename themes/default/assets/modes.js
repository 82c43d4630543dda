/* Applies the remembered way of showing pages before anything is drawn. */
(function () {
	"use strict";
	var root = document.documentElement;

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
		if (value)
			root.setAttribute("data-" + name, value);
	});
})();
