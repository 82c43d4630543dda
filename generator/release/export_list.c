/*
 * Whoever carries the list out from its first line to its last never shows a
 * page whose style or picture is not there yet, nor takes one away that a page
 * still has. So parts are read once for each turn: a list is not held in
 * memory.
 */
#include <inttypes.h>

#include "markup/file_kind.h"
#include "release/compare.h"
#include "release/export.h"
#include "release/export_files.h"
#include "release/packed.h"

/* In the order in which files are carried. */
enum turn { TURN_ASSET, TURN_FILE, TURN_PAGE, TURNS };

static const char *const encodings[PACKINGS] = { "br", "gzip" };

struct entry {
	str path;   /* in the release */
	str source; /* what it is a packed form of, or itself */
	const char *encoding;
};

static struct entry entry_of(str path)
{
	enum packing packing;
	str source = packed_source(&packing, path);

	return source.len > 0
		       ? (struct entry){ path, source, encodings[packing] }
		       : (struct entry){ path, path, "-" };
}

/* Below the folder of a domain. */
static bool is_asset(str path)
{
	return str_starts_with(str_from(path, str_find_byte(path, '/')),
			       STR("/assets/"));
}

static enum turn turn_of(str path)
{
	return is_asset(path)			   ? TURN_ASSET
	       : str_ends_with(path, STR(".html")) ? TURN_PAGE
						   : TURN_FILE;
}

/* "style.0123abcd.css": the name of such an asset changes with its bytes. */
static bool is_lasting(str path)
{
	enum { DIGITS = 8 };
	size_t end = str_find_last_byte(path, '.');
	size_t start = str_find_last_byte(str_between(path, 0, end), '.');

	if (!is_asset(path) || start == STR_NONE || end - start != DIGITS + 1)
		return false;
	for (size_t i = start + 1; i < end; i++)
		if (strchr("0123456789abcdef", path.data[i]) == NULL)
			return false;
	return true;
}

/* As the configurations of servers have it (hosting/nginx.c). */
static const char *cache_of(str path)
{
	str extension = file_extension(path);

	if (is_lasting(path))
		return "public, max-age=31536000, immutable";
	if (str_equal_c(extension, "html") || str_equal_c(extension, "xml") ||
	    str_equal_c(extension, "json") || str_equal_c(extension, "txt"))
		return "public, max-age=60";
	return "public, max-age=300";
}

static void put_entry(struct buf *out, const struct manifest_file *file)
{
	struct entry entry = entry_of(file->path);

	buf_printf(out, "put\t%.*s\t", STR_ARG(entry.path));
	export_file_type(out, entry.source);
	buf_printf(out, "\t%s\t%s\t%" PRIu64 "\t", entry.encoding,
		   cache_of(entry.source), file->digest.size);
	file_digest_print(out, &file->digest.sha256);
	buf_add_byte(out, '\n');
}

static bool is_of_site(str path)
{
	return str_find_byte(path, '/') != STR_NONE;
}

static bool put_part(FILE *out, const struct releases *releases,
		     const struct manifest_part *part, enum turn turn,
		     struct diag_list *diags)
{
	const struct manifest_file *files;
	struct arena arena;
	struct list list;
	struct buf text;
	bool ok;

	arena_init(&arena);
	buf_init(&text, &arena);
	ok = releases_part(&list, releases, part, &arena, diags);
	files = list.items;
	for (size_t i = 0; ok && i < list.count; i++)
		if (is_of_site(files[i].path) &&
		    turn_of(entry_of(files[i].path).source) == turn)
			put_entry(&text, &files[i]);
	fwrite(text.data, 1, text.len, out);
	arena_release(&arena);
	return ok;
}

/* What the release before had and this one has not; nothing when it is not
 * kept. */
static bool put_gone(FILE *out, const struct releases *releases,
		     const struct manifest *live, struct diag_list *diags)
{
	const struct release_change *items;
	struct manifest before;
	struct list changes;

	if (!releases_has(releases, live->before))
		return true;
	if (!releases_manifest(&before, releases, live->before, diags) ||
	    !release_compare(&changes, releases, &before, live, diags))
		return false;
	items = changes.items;
	for (size_t i = 0; i < changes.count; i++)
		if (items[i].after == NULL && is_of_site(items[i].path))
			fprintf(out, "delete\t%.*s\n", STR_ARG(items[i].path));
	return true;
}

bool export_list(FILE *out, const struct releases *releases,
		 const struct export_options *options, struct diag_list *diags)
{
	uint64_t number = releases_live(releases);
	const struct manifest_part *parts;
	struct manifest manifest;

	(void)options;
	if (!releases_manifest(&manifest, releases, number, diags))
		return false;
	parts = manifest.parts.items;
	for (int turn = 0; turn < TURNS; turn++)
		for (size_t i = 0; i < manifest.parts.count; i++)
			if (!put_part(out, releases, &parts[i], (enum turn)turn,
				      diags))
				return false;
	if (!put_gone(out, releases, &manifest, diags))
		return false;
	if (fflush(out) == 0 && !ferror(out))
		return true;
	claim_fail(diags, _("cannot write"), STR("list"));
	return false;
}
