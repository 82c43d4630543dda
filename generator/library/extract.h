/*
 * The extract of a resource: what its page says, as plain text, for the search
 * and for rules about words.
 *
 * Always true: it is a function of the file's bytes and of what it inherits,
 * as its metadata is (resource_reader_key), and of nothing else of the library:
 * not of what its links lead to, the theme or the date. A resource that an
 * earlier version stands in for has the extract of that version.
 *
 * Normal form of each part: valid UTF-8 as the editor wrote it (letters,
 * widths and punctuation are not folded); lines separated by one '\n', none of
 * them empty; in a line no white space of ASCII but single spaces, and no gap
 * where an editor broke a line of Chinese; no control characters.
 *
 * Title, summary, keywords and number of a document are in struct resource and
 * are not said again here, unless the page shows them in a table of facts.
 */
#ifndef JIYUE_LIBRARY_EXTRACT_H
#define JIYUE_LIBRARY_EXTRACT_H

#include "library/catalog.h"
#include "markup/markdown.h"

/* Bytes of each part; what is behind the last whole character is left out. */
enum { EXTRACT_LIMIT = 1024 * 1024 };

struct extract {
	/*
	 * The body in the order of reading: a line for each paragraph, heading,
	 * entry of a list, row of a table (cells with a space between them) and
	 * line of raw HTML; descriptions of pictures where these stand;
	 * footnotes last. Struck text and the marks of footnotes are left out.
	 */
	str body;
	/*
	 * The fields that the type's file names below `facts`, `parts` and
	 * `searched`, in this order and each once, as far as they are words: a
	 * line for each text, each paragraph, each record.
	 */
	str fields;
	/*
	 * Names of the files that the body and `attachments` lead to, as they
	 * are on the disk ("附件1.pdf"), each once, and the titles given to
	 * them. A file beside index.md that nothing leads to is not among them:
	 * that is known to library/attachments.h.
	 */
	str files;
	/*
	 * Of pictures in the body: their file names and descriptions, a line
	 * each; not paired.
	 */
	str pictures;
	/*
	 * Links of the body, in its order: the address as it is written, a tab,
	 * what the link says (descriptions of pictures too); a line each.
	 */
	str links;
};

/* The next line of `links`; false when there is none. */
bool extract_next_link(str *address, str *text, str *rest);

/*
 * The extract of the resource of that number; texts are in the arena. False
 * when its bytes cannot be had or give no page, which is told where the page is
 * made; `out` is empty then. Costs what rendering the body costs. Threads may
 * share the catalogue, each with a reader of its own.
 */
MUST_USE bool extract_read(struct extract *out, const struct catalog *catalog,
			   struct snapshot_reader *reader, uint32_t number,
			   struct arena *arena);

/* The same of a text whose body may be parsed already. */
MUST_USE bool extract_of(struct extract *out, const struct front_matter *matter,
			 struct markdown_reading *body, struct arena *arena);

/* Of all that it is made from: the same digest and path, the same extract. */
struct digest extract_key(const struct catalog *catalog, uint32_t number);

/* An extract as bytes; what is unpacked are slices of them. */
void extract_pack(struct buf *out, const struct extract *extract);
MUST_USE bool extract_unpack(struct extract *out, str *rest);

#endif
