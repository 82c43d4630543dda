/*
 * Kept as lines "+", "~" or "-", a tab, the path, a tab, the title. Pages are
 * told one by one, all other files (feeds, sitemaps, pictures) are counted.
 */
#include "release/note.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "markup/page_facts.h"
#include "release/go_live.h"
#include "release/packed.h"
#include "system/folder.h"

enum { SIGN_COUNT = 3, PAGE_LIMIT = 8 * 1024 * 1024 };

static const char signs[SIGN_COUNT] = { '+', '~', '-' };

/* --- writing --- */

static bool is_page(str path)
{
	return str_ends_with(path, STR(".html")) ||
	       str_ends_with(path, STR(".htm"));
}

static str meta_of(const struct page_facts *facts, const char *name)
{
	const struct page_meta *metas = facts->metas.items;

	for (size_t i = 0; i < facts->metas.count; i++)
		if (str_equal_c(metas[i].name, name))
			return metas[i].content;
	return (str){ NULL, 0 };
}

/* The title of what stands there; empty when it has none. */
static str read_title(struct folder *tree, str path, struct arena *arena)
{
	struct xml_problem problem;
	struct page_facts facts;
	char name[256];
	str html;
	str title;

	if (tree->root < 0 || !folder_of(tree, path, false, name) ||
	    !folder_read(&html, tree->descriptor, name, arena) ||
	    html.len > PAGE_LIMIT ||
	    !page_facts_read(&facts, html, arena, &problem))
		return (str){ NULL, 0 };
	title = meta_of(&facts, "ArticleTitle");
	return title.len > 0 ? title : facts.title;
}

/* A title is one line of the note. */
static void add_title(struct buf *out, str title)
{
	for (size_t i = 0; i < title.len; i++)
		buf_add_byte(out, (char)((unsigned char)title.data[i] < ' '
						 ? ' '
						 : title.data[i]));
}

static int compare_path(const void *key, const void *item)
{
	return str_compare(*(const str *)key,
			   ((const struct release_change *)item)->path);
}

/* It changed because its source did: nobody wants to be told twice. */
static bool is_told(const struct list *changes, str path)
{
	enum packing packing;
	str source = packed_source(&packing, path);

	return source.len > 0 &&
	       bsearch(&source, changes->items, changes->count,
		       sizeof(struct release_change), compare_path) != NULL;
}

static void add_lines(struct buf *out, struct folder *trees,
		      const struct list *changes, struct arena *scratch)
{
	const struct release_change *items = changes->items;
	size_t titles = 0;

	for (size_t i = 0; i < changes->count; i++) {
		bool is_gone = items[i].after == NULL;

		if (is_told(changes, items[i].path))
			continue;
		buf_add(out, is_gone		       ? STR("-\t")
			     : items[i].before == NULL ? STR("+\t")
						       : STR("~\t"));
		buf_add(out, items[i].path);
		buf_add_byte(out, '\t');
		if (is_page(items[i].path) && titles++ < NOTE_TITLES)
			add_title(out, read_title(&trees[is_gone],
						  items[i].path, scratch));
		buf_add_byte(out, '\n');
		arena_reset(scratch);
	}
}

static int open_tree(const struct releases *releases, int tree)
{
	return tree < 0 ? -1
			: openat(releases->claim.root, releases_tree_name(tree),
				 O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
					 O_CLOEXEC);
}

bool note_write(const struct releases *releases, uint64_t number,
		const struct list *changes, struct diag_list *diags)
{
	const int roots[] = { open_tree(releases, go_live_standby(releases)),
			      open_tree(releases, releases->live) };
	struct folder trees[COUNT_OF(roots)];
	struct arena scratch;
	struct buf text;
	int folder;
	bool ok;

	arena_init(&scratch);
	buf_init(&text, releases->arena);
	for (size_t i = 0; i < COUNT_OF(roots); i++)
		folder_init(&trees[i], roots[i]);
	add_lines(&text, trees, changes, &scratch);
	for (size_t i = 0; i < COUNT_OF(roots); i++) {
		folder_release(&trees[i]);
		if (roots[i] >= 0)
			close(roots[i]);
	}
	arena_release(&scratch);
	folder =
		claim_folder(releases->claim.state, releases_name(number).text);
	ok = folder >= 0 &&
	     releases_put(releases, folder, "changes", buf_str(&text), diags);
	if (folder >= 0)
		close(folder);
	return ok;
}

/* --- reading --- */

struct line {
	char sign;
	str path;
	str title;
};

static bool take_line(struct line *out, str *rest)
{
	str line;
	str sign;

	if (rest->len == 0 || !str_split_next(rest, '\n', &line) ||
	    !str_split_next(&line, '\t', &sign) || sign.len != 1 ||
	    !str_split_next(&line, '\t', &out->path))
		return false;
	out->sign = sign.data[0];
	out->title = line;
	return true;
}

static str domain_of(str path)
{
	return str_between(path, 0, str_find_byte(path, '/'));
}

/* Signs are in the order of `signs`. */
static const char *heading_of(size_t sign)
{
	switch (sign) {
	case 0:
		return _("Added");
	case 1:
		return _("Changed");
	default:
		return _("Removed");
	}
}

static void add_page(struct buf *out, const struct line *line)
{
	str path = str_from(line->path, domain_of(line->path).len);

	if (line->title.len > 0)
		buf_printf(out, "- %.*s  %.*s\n", STR_ARG(line->title),
			   STR_ARG(path));
	else
		buf_printf(out, "- %.*s\n", STR_ARG(path));
}

/* Of one site the pages with one sign; the others are only counted. */
static void add_pages(struct buf *out, str lines, size_t sign, size_t *others)
{
	struct line line;
	size_t count = 0;

	while (take_line(&line, &lines)) {
		if (line.sign != signs[sign])
			continue;
		if (!is_page(line.path)) {
			++*others;
			continue;
		}
		if (count++ == 0)
			buf_printf(out, "\n%s\n\n", heading_of(sign));
		if (count <= NOTE_PAGES)
			add_page(out, &line);
	}
	if (count > NOTE_PAGES) {
		buf_printf(out, _("- and %zu more"), count - NOTE_PAGES);
		buf_add_byte(out, '\n');
	}
}

static void add_site(struct buf *out, str domain, str lines)
{
	size_t others = 0;

	buf_printf(out, "\n## %.*s\n", STR_ARG(domain));
	for (size_t i = 0; i < SIGN_COUNT; i++)
		add_pages(out, lines, i, &others);
	if (others > 0) {
		buf_add_byte(out, '\n');
		buf_printf(out, _("Other files: %zu"), others);
		buf_add_byte(out, '\n');
	}
}

/* Lines are sorted by path, so those of a site stand together. */
static void add_sites(struct buf *out, str text)
{
	while (text.len > 0) {
		str rest = text;
		size_t length = 0;
		bool is_site = false;
		struct line line;
		str domain = { NULL, 0 };

		while (take_line(&line, &rest)) {
			if (length == 0) {
				domain = domain_of(line.path);
				is_site = domain.len < line.path.len;
			} else if (!str_equal(domain, domain_of(line.path))) {
				break;
			}
			length = rest.data == NULL
					 ? text.len
					 : (size_t)(rest.data - text.data);
		}
		if (length == 0)
			return;
		if (is_site)
			add_site(out, domain, str_between(text, 0, length));
		text = str_from(text, length);
	}
}

bool note_print(struct buf *out, const struct releases *releases,
		uint64_t number, struct diag_list *diags)
{
	struct manifest manifest;
	str changes;

	if (!releases_has(releases, number))
		return releases_refuse(releases, number, diags);
	if (!releases_manifest(&manifest, releases, number, diags))
		return false;
	buf_printf(out, _("# Release %s"), releases_name(number).text);
	buf_add_c(out, "\n\n");
	buf_printf(out, _("Published %.*s, commit %.*s, files: %s"),
		   STR_ARG(manifest_published(&manifest, releases->arena)),
		   STR_ARG(manifest.commit),
		   releases_name(manifest.files).text);
	buf_add_byte(out, '\n');
	if (manifest.before == 0) {
		buf_printf(out, "\n%s\n", _("This is the first release."));
		return true;
	}
	changes = releases_try_file(releases, number, "changes");
	if (changes.len == 0)
		buf_printf(out, "\n%s\n",
			   _("No file differs from the release before."));
	add_sites(out, changes);
	return true;
}
