/*
 * An address is made a path of the old tree, as its server would have done:
 * host and session away, decoded, relative to the page, then with the endings
 * and below the folders that are usual. A file is taken along when the first
 * text leads to it, so that what nobody links is not published.
 */
#include "import/link_book.h"

#include <string.h>

#include "base/unicode.h"
#include "import/place_names.h"
#include "markup/html.h"
#include "markup/url_path.h"

enum { ADDRESS_LIMIT = 2000 };

struct asking {
	struct link_book *book;
	size_t from;
	str place;
	struct arena *arena;
};

void link_book_init(struct link_book *book, struct import *import,
		    struct old_tree *tree)
{
	book->import = import;
	book->tree = tree;
	book->states = arena_array(import->arena, tree->count + 1, 1);
	book->places = arena_array(import->arena, tree->count + 1, sizeof(str));
}

void link_book_note(struct link_book *book, size_t file, enum taking state,
		    str place)
{
	book->states[file] = (uint8_t)state;
	book->places[file] = place;
}

/* The path of the base: "https://a.cn/sub" has "/sub". */
str link_book_base_path(str base)
{
	size_t at = str_find(base, STR("://"));
	str rest = str_from(base, at == STR_NONE ? 0 : at + 3);
	size_t slash = str_find_byte(rest, '/');
	str path = slash == STR_NONE ? STR("") : str_from(rest, slash);

	while (str_ends_with(path, STR("/")))
		path.len--;
	return path;
}

/* --- addresses ------------------------------------------------------------ */

/* "javascript:window.open('/a.html')" leads to what stands in its quotes. */
static str out_of_script(str address)
{
	size_t start = str_find_byte(address, '\'');
	str rest;
	size_t end;

	if (start == STR_NONE)
		return STR("");
	rest = str_from(address, start + 1);
	end = str_find_byte(rest, '\'');
	return end == STR_NONE ? STR("") : str_between(rest, 0, end);
}

static str behind_host(str address)
{
	str rest = str_from(address, str_find(address, STR("//")) + 2);
	size_t slash = str_find_byte(rest, '/');

	return slash == STR_NONE ? STR("/") : str_from(rest, slash);
}

/* "a/./b/../c" is "a/c"; what would lead out is "". */
static str without_dots(str path, struct arena *arena)
{
	struct buf out;
	str part;

	buf_init(&out, arena);
	while (str_split_next(&path, '/', &part)) {
		size_t slash;

		if (part.len == 0 || str_equal(part, STR(".")))
			continue;
		if (!str_equal(part, STR(".."))) {
			if (out.len > 0)
				buf_add_byte(&out, '/');
			buf_add(&out, part);
			continue;
		}
		slash = str_find_last_byte(buf_str(&out), '/');
		out.len = slash == STR_NONE ? 0 : slash;
	}
	return buf_str(&out);
}

/* --- files of the tree ---------------------------------------------------- */

static const struct old_file *try_path(const struct asking *asking, str path)
{
	const struct link_book *book = asking->book;
	const struct old_file *file =
		path.len == 0 ? NULL
			      : old_tree_find(book->tree, path, asking->arena);

	for (size_t i = 0; file == NULL && book->endings[i] != NULL; i++) {
		str ending = str_from_c(book->endings[i]);
		str more = arena_printf(asking->arena, "%.*s%.*s",
					STR_ARG(path), STR_ARG(ending));

		if (path.len == 0 && ending.data[0] == '/')
			more = str_from(more, 1);
		file = old_tree_find(book->tree, more, asking->arena);
	}
	return file;
}

/* As wget names what has a query: "a.jsp?id=1", "a.jsp@id=1.html". */
static const struct old_file *try_query(const struct asking *asking, str path,
					str query)
{
	const struct old_file *file;

	if (query.len == 0)
		return NULL;
	file = try_path(asking, arena_printf(asking->arena, "%.*s?%.*s",
					     STR_ARG(path), STR_ARG(query)));
	return file != NULL
		       ? file
		       : try_path(asking,
				  arena_printf(asking->arena, "%.*s@%.*s",
					       STR_ARG(path), STR_ARG(query)));
}

static const struct old_file *find_file(const struct asking *asking, str path,
					str query)
{
	const struct link_book *book = asking->book;
	str from = book->tree->files[asking->from].path;
	str decoded = url_path_decode(path, asking->arena);
	bool is_rooted = decoded.len > 0 && decoded.data[0] == '/';
	str full = is_rooted ? decoded
			     : arena_printf(asking->arena, "%.*s/%.*s",
					    STR_ARG(str_folder(from)),
					    STR_ARG(decoded));
	const struct old_file *file;

	full = without_dots(full, asking->arena);
	file = try_query(asking, full, query);
	if (file == NULL)
		file = try_path(asking, full);
	for (size_t i = 0;
	     file == NULL && full.len > 0 && book->roots[i] != NULL; i++)
		file = try_path(asking,
				arena_printf(asking->arena, "%s/%.*s",
					     book->roots[i], STR_ARG(full)));
	return file;
}

/* --- what is there -------------------------------------------------------- */

/* From the folder of one path to another path. */
static str relative(str from, str to, struct arena *arena)
{
	size_t shared = 0;
	struct buf out;

	for (size_t i = 0; i < from.len && i < to.len; i++) {
		if (from.data[i] != to.data[i])
			break;
		if (from.data[i] == '/')
			shared = i + 1;
	}
	buf_init(&out, arena);
	for (size_t i = shared; i < from.len; i++)
		if (from.data[i] == '/')
			buf_add_c(&out, "../");
	buf_add(&out, str_from(to, shared));
	return buf_str(&out);
}

/* Its old address, as a row for redirects.csv of the site. */
static void keep_file(struct link_book *book, size_t number, str place)
{
	struct import *import = book->import;
	str old = book->tree->files[number].path;
	str today = str_from(place, import->folder.len + strlen("/_files"));
	struct buf row;

	link_book_note(book, number, TAKING_TAKEN, place);
	if (import->base.len == 0)
		return;
	buf_init(&row, import->arena);
	buf_add_c(&row, _("for redirects.csv: "));
	buf_add(&row, link_book_base_path(import->base));
	buf_add_byte(&row, '/');
	url_path_encode(&row, old);
	buf_add_c(&row, ",/files");
	url_path_encode(&row, today);
	buf_add_c(&row, ",301");
	import_say(import, IMPORT_NOTE, old, buf_str(&row));
}

/* Takes a picture or document along, the first time it is asked for. */
static void take_file(const struct asking *asking, size_t number)
{
	struct link_book *book = asking->book;
	struct import *import = book->import;
	const struct old_file *file = &book->tree->files[number];
	struct arena scratch;
	str place, bytes;

	arena_init(&scratch);
	place = shelf_place(
		&import->shelf, file->path,
		arena_printf(&scratch, "_files/%.*s/%.*s", STR_ARG(import->in),
			     STR_ARG(place_of_file(file->path, &scratch))),
		STR(""));
	book->states[number] = TAKING_LEFT_OUT;
	if (!old_tree_read(&bytes, book->tree, file, OLD_FILE_LIMIT, &scratch))
		import_say(import, IMPORT_LEFT_OUT, file->path,
			   str_from_c(_("it cannot be read, or is larger than "
					"64 MiB")));
	else if (!import_put_file(import, file->path, place, bytes))
		import_say(import, IMPORT_LEFT_OUT, file->path,
			   str_from_c(_("files of this kind, or with these "
					"bytes, are not published")));
	else
		keep_file(book, number, place);
	arena_release(&scratch);
}

static enum address_result to_file(str *out, const struct asking *asking,
				   const struct old_file *file)
{
	struct link_book *book = asking->book;
	size_t number = (size_t)(file - book->tree->files);

	if (book->states[number] == TAKING_UNKNOWN) {
		if (book->is_page(file->path))
			return ADDRESS_LATER;
		take_file(asking, number);
	}
	if (book->states[number] != TAKING_TAKEN)
		return ADDRESS_NOWHERE;
	*out = relative(asking->place, book->places[number], asking->arena);
	return ADDRESS_LEADS;
}

static bool is_own_host(const struct link_book *book, str address)
{
	return str_equal_ignoring_case(url_path_host(address),
				       url_path_host(book->import->base));
}

/* A signature of a session, which leads nobody else anywhere. */
static str without_session(str path)
{
	size_t at = str_find(path, STR(";jsessionid="));

	return at == STR_NONE ? path : str_between(path, 0, at);
}

enum address_result link_book_find(str *out, struct link_book *book,
				   size_t from, str place, str address,
				   struct arena *arena)
{
	const struct asking asking = { book, from, place, arena };
	const struct old_file *file;
	str query = { "", 0 };
	str scheme;
	size_t at;

	address = unicode_trim(address);
	scheme = html_url_scheme(address, arena);
	if (str_equal(scheme, STR("javascript"))) {
		address = out_of_script(address);
		scheme = html_url_scheme(address, arena);
	}
	if (address.len == 0 || address.len > ADDRESS_LIMIT ||
	    address.data[0] == '#')
		return ADDRESS_NOWHERE;
	*out = address;
	if (str_equal(scheme, STR("mailto")) || str_equal(scheme, STR("tel")))
		return ADDRESS_OUTSIDE;
	if (scheme.len > 0) {
		if (!str_equal(scheme, STR("http")) &&
		    !str_equal(scheme, STR("https")))
			return ADDRESS_NOWHERE;
		if (!is_own_host(book, address))
			return ADDRESS_OUTSIDE;
		address = behind_host(address);
	}
	address = str_between(address, 0, str_find_byte(address, '#'));
	at = str_find_byte(address, '?');
	if (at != STR_NONE) {
		query = str_from(address, at + 1);
		address.len = at;
	}
	file = find_file(&asking, without_session(address), query);
	return file == NULL ? ADDRESS_NOWHERE : to_file(out, &asking, file);
}
