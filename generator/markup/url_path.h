/*
 * Paths of a document root, and how an address writes them.
 *
 * A path is raw: its names are those of files ("tzgg/a b#1.pdf"). In an
 * address a name is one segment, so that whatever would end it ("?", "#",
 * "%") is percent-encoded (RFC 3986, 3.3; WHATWG URL, path percent-encode
 * set).
 *
 * An address can be written in many ways: "/a/", "/a", "//a/./index.html" and
 * "/%61/" are one. All questions about whether two are the same compare their
 * keys.
 *
 * Web servers look old addresses up in tables that take "A" for "a", so that
 * the keys of old addresses have no capital letters (of ASCII).
 */
#ifndef JIYUE_MARKUP_URL_PATH_H
#define JIYUE_MARKUP_URL_PATH_H

#include "base/buf.h"

/* Encodes every name of a raw path; "/" stays. */
void url_path_encode(struct buf *out, str path);

/* Decodes "%41" to "A" once; a "%" without two hex digits stays. */
str url_path_decode(str text, struct arena *arena);

/* The first "%" that no two hex digits follow, or STR_NONE. */
size_t url_path_bad_percent(str text);

/*
 * The key of an address below a domain, or of a raw path that is encoded: no
 * "/" at either end, no "index.html" at the end, nothing encoded, no empty,
 * "." or ".." names, NFC. The home page has the empty key.
 */
str url_path_key(str address, struct arena *arena);

/*
 * "a/b.md" and "../c/d.md" give "c/d.md": a path as seen from another, in NFC
 * like all of the library. False when it leads above the first name of `base`.
 */
MUST_USE bool url_path_join(str *out, str base, str relative,
			    struct arena *arena);

/* The same of an old address: "/Old/INDEX.html" and "/old" are one too. */
str url_path_folded_key(str address, struct arena *arena);

/* "A" becomes "a"; other scripts stay. Copied only where something changes. */
str url_path_fold(str text, struct arena *arena);

/* The host of "https://host:1/…" and "//host"; empty of anything else. */
str url_path_host(str address);

#endif
