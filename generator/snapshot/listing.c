/*
 * Most names are plain ones, which one look over their bytes tells; only the
 * others are normalised, checked for what hides or reorders text, and compared
 * with each other. Git's trees are in our order but for folders, so sorting is
 * mostly finding that nothing is to be done.
 */
#include "snapshot/listing.h"

#include "base/map.h"
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

enum {
	SHOWN_LIMIT = 200,    /* code points of a path that a message shows */
	MESSAGE_LIMIT = 1000, /* messages of one listing */
};

void listing_init(struct listing *listing, struct arena *arena,
		  struct diag_list *diags)
{
	*listing = (struct listing){ .arena = arena, .diags = diags };
	arena_init(&listing->scratch);
	list_init(&listing->items, sizeof(struct listing_item));
}

void listing_release(struct listing *listing)
{
	arena_release(&listing->scratch);
}

bool listing_is_root_folder(str name)
{
	static const char *const names[] = { "content", "sites", "themes" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (str_equal_c(name, names[i]))
			return true;
	}
	return false;
}

bool listing_takes_root(struct listing *listing, str name)
{
	static const char *const names[] = { "content", "sites", "themes" };
	str right = { NULL, 0 };
	struct diag *diag;

	if (listing_is_root_folder(name))
		return true;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_equal_ignoring_case(name, str_from_c(names[i])))
			right = str_from_c(names[i]);
	if (right.len == 0)
		return false;
	diag = diag_warning(listing->diags, span_none(), "folder-near",
			    _("nobody reads a folder of this name"));
	diag->path = arena_copy(listing->diags->arena, name);
	diag_help(listing->diags, diag, _("its name is written “%.*s”: git mv"),
		  STR_ARG(right));
	return false;
}

bool listing_is_full(const struct listing *listing)
{
	return listing->seen > SNAPSHOT_ENTRY_LIMIT;
}

static bool begins(str name, str start)
{
	return str_equal_ignoring_case(str_between(name, 0, start.len), start);
}

/*
 * What desktops, offices and editors leave behind, as whole names, beginnings
 * and ends. A folder of such a name goes with all that is in it.
 */
static const char *const junk_names[] = {
	"Thumbs.db",	   "ehthumbs.db",  "desktop.ini",
	".DS_Store",	   "__MACOSX",	   "@eaDir",
	".Spotlight-V100", ".localized",   ".fseventsd",
	".directory",	   ".AppleDouble", ".TemporaryItems",
	"$RECYCLE.BIN",	   "Icon\r",	   "System Volume Information",
	".idea",	   ".vscode",	   ".vs",
	".obsidian",	   ".svn",	   ".hg",
	".sync",	   ".stfolder",	   ".dropbox",
	"nohup.out",	   "node_modules",
};
static const char *const junk_beginnings[] = {
	"~$",	  ".~",		 "._",	  ".#",
	".Trash", ".nfs",	 ".fuse", ".goutputstream",
	".tmp.",  ".syncthing.",
};
static const char *const junk_ends[] = {
	"~",	".swp",	 ".swo",  ".swn",      ".bak",	".orig",
	".rej", ".tmp",	 ".temp", ".part",     ".wbk",	".crdownload",
	".asd", ".old",	 ".save", ".download", ".mine", ".icloud",
	".dwl", ".dwl2", ".xlk",  ".laccdb",   "_bak",
};

/* "index_BASE_4711.md": what a merge tool compared. "a.md.r12": Subversion. */
static bool is_rest_of_merge(str name)
{
	static const char *const sides[] = { "_BACKUP_", "_BASE_",   "_LOCAL_",
					     "_REMOTE_", ".BACKUP.", ".BASE.",
					     ".LOCAL.",	 ".REMOTE.", ".md.r" };

	for (size_t i = 0; i < COUNT_OF(sides); i++) {
		str side = str_from_c(sides[i]);
		size_t at = str_find(name, side);
		str rest = str_from(name,
				    at == STR_NONE ? name.len : at + side.len);
		size_t digits = 0;

		while (digits < rest.len && rest.data[digits] >= '0' &&
		       rest.data[digits] <= '9')
			digits++;
		if (digits > 0 &&
		    (digits == rest.len || rest.data[digits] == '.'))
			return true;
	}
	return false;
}

/* "#index.md#": what Emacs had not saved yet. */
static bool is_unsaved(str name)
{
	return name.len > 2 && name.data[0] == '#' &&
	       name.data[name.len - 1] == '#';
}

/*
 * Nearly every name is one of these: "t20260628.md", with no capital and no
 * other dot. None of the above is.
 */
static bool is_usual(str name)
{
	str stem = str_between(name, 0, name.len - STR(".md").len);
	bool usual = str_ends_with(name, STR(".md")) && stem.len > 0 &&
		     stem.data[0] != '~' && stem.data[0] != '#';

	for (size_t i = 0; i < stem.len && usual; i++)
		usual = stem.data[i] != '.' &&
			(stem.data[i] < 'A' || stem.data[i] > 'Z');
	return usual;
}

static bool is_junk(str name)
{
	if (is_usual(name))
		return false;
	for (size_t i = 0; i < COUNT_OF(junk_names); i++)
		if (str_equal_ignoring_case(name, str_from_c(junk_names[i])))
			return true;
	for (size_t i = 0; i < COUNT_OF(junk_beginnings); i++)
		if (begins(name, str_from_c(junk_beginnings[i])))
			return true;
	for (size_t i = 0; i < COUNT_OF(junk_ends); i++)
		if (str_has_ending(name, str_from_c(junk_ends[i])))
			return true;
	return is_rest_of_merge(name) || is_unsaved(name);
}

/* Files of Git itself are no part of a library, and everybody knows it. */
static bool is_ignored(str name)
{
	return str_starts_with(name, STR(".git"));
}

/*
 * Control characters, and the format characters that reorder or hide the text
 * around them: a name that looks like another one is a way to deceive.
 */
static bool is_forbidden(uint32_t code_point)
{
	static const struct {
		uint32_t first;
		uint32_t last;
	} ranges[] = {
		{ 0x200e, 0x200f },
		{ 0x2028, 0x202e },
		{ 0x2066, 0x2069 },
		{ 0xfeff, 0xfeff },
	};

	if (code_point < 0x80)
		return unicode_is_control(code_point) || code_point == '\\';
	if (unicode_is_control(code_point))
		return true;
	for (size_t i = 0; i < COUNT_OF(ranges); i++) {
		if (code_point >= ranges[i].first &&
		    code_point <= ranges[i].last)
			return true;
	}
	return false;
}

static bool has_forbidden(str name)
{
	size_t at = 0;

	while (at < name.len) {
		if (is_forbidden(unicode_next(name, &at)))
			return true;
	}
	return false;
}

static str join(struct arena *arena, str folder, str name)
{
	str parts[] = { folder, STR("/"), name };

	if (folder.len == 0)
		return arena_copy(arena, name);
	return arena_join(arena, parts, COUNT_OF(parts));
}

/* A path that is safe to print, whatever its bytes are. */
static str shown(struct arena *arena, str path)
{
	struct buf out;
	size_t at = 0;

	buf_init(&out, arena);
	for (size_t count = 0; at < path.len; count++) {
		size_t start = at;
		uint32_t code_point = unicode_next(path, &at);

		if (count == SHOWN_LIMIT) {
			buf_add_c(&out, "…");
			break;
		}
		if (code_point == 0xfffd && at == start + 1)
			buf_printf(&out, "\\x%02x",
				   (unsigned char)path.data[start]);
		else if (is_forbidden(code_point))
			buf_printf(&out, "\\u{%x}", (unsigned)code_point);
		else
			buf_add(&out, str_between(path, start, at));
	}
	return buf_str(&out);
}

/* Records an error about a path that has no file number. */
static void refuse(struct listing *listing, str path, const char *id,
		   const char *message, const char *help)
{
	struct diag_list *diags = listing->diags;
	struct diag *diag;
	str name;

	if (++listing->refused > MESSAGE_LIMIT)
		return;
	name = shown(diags->arena, path);
	diag = diag_error(diags, span_none(), id, "%s", message);
	diag->path = name;
	diag_help(diags, diag, "%s", help);
}

/* The same for a name in a folder, whatever its length. */
static void refuse_name(struct listing *listing,
			const struct listing_entry *parent, str name,
			const char *id, const char *message, const char *help)
{
	struct arena arena;

	arena_init(&arena);
	refuse(listing,
	       join(&arena, parent->path,
		    str_between(name, 0, SNAPSHOT_PATH_LIMIT)),
	       id, message, help);
	arena_release(&arena);
}

void listing_refuse_link(struct listing *listing,
			 const struct listing_entry *entry)
{
	refuse(listing, entry->path, "snapshot-symlink",
	       _("a symbolic link is not followed"),
	       _("put a copy of the file in its place"));
}

void listing_refuse_submodule(struct listing *listing,
			      const struct listing_entry *entry)
{
	refuse(listing, entry->path, "snapshot-submodule",
	       _("the files of a submodule are not in this library"),
	       _("commit the files themselves"));
}

void listing_refuse_special(struct listing *listing,
			    const struct listing_entry *entry)
{
	refuse(listing, entry->path, "snapshot-special",
	       _("this is no ordinary file"), _("remove it from the library"));
}

/* Most names: nothing in them needs a second look. */
static bool is_plain(str name)
{
	bool plain = name.len > 0 && name.data[0] != '.';

	for (size_t i = 0; i < name.len && plain; i++)
		plain = name.data[i] >= ' ' && name.data[i] < 0x7f &&
			name.data[i] != '\\' && name.data[i] != '/';
	return plain;
}

static bool is_reserved(str name)
{
	return name.len == 0 || str_equal_c(name, ".") ||
	       str_equal_c(name, "..") || str_find_byte(name, '/') != STR_NONE;
}

static bool check_name(struct listing *listing,
		       const struct listing_entry *parent, str name)
{
	if (is_plain(name) || (unicode_invalid_at(name) == STR_NONE &&
			       !has_forbidden(name) && !is_reserved(name)))
		return true;
	if (unicode_invalid_at(name) != STR_NONE)
		refuse_name(listing, parent, name, "snapshot-name-encoding",
			    _("the name is not UTF-8"),
			    _("rename the file; a Chinese name may have been "
			      "unpacked from an archive that was written as "
			      "GBK"));
	else if (has_forbidden(name))
		refuse_name(listing, parent, name, "snapshot-name-character",
			    _("the name has a backslash, a control character "
			      "or an invisible one"),
			    _("rename the file"));
	else
		refuse_name(listing, parent, name, "snapshot-name-reserved",
			    _("this is no name for a file"),
			    _("the repository was not written by Git itself; "
			      "check it with git fsck"));
	return false;
}

static bool check_length(struct listing *listing,
			 const struct listing_entry *parent, str name)
{
	if (parent->path.len + 1 + name.len <= SNAPSHOT_PATH_LIMIT)
		return true;
	refuse_name(listing, parent, name, "snapshot-path-long",
		    _("the path is longer than 1024 bytes"),
		    _("shorten the names of the folders"));
	return false;
}

static bool check_depth(struct listing *listing,
			const struct listing_entry *parent, str name)
{
	if (parent->depth < SNAPSHOT_DEPTH_LIMIT)
		return true;
	refuse_name(listing, parent, name, "snapshot-depth",
		    _("folders are nested more than 32 deep"),
		    _("move the file up"));
	return false;
}

/* Left out: it is no part of anything, so nothing else is said of it. */
static void leave_out(struct listing *listing,
		      const struct listing_entry *parent, str name)
{
	struct diag_list *diags = listing->diags;
	struct diag *diag;
	struct arena arena;

	if (++listing->refused > MESSAGE_LIMIT)
		return;
	arena_init(&arena);
	diag = diag_warning(diags, span_none(), "file-junk", "%s",
			    _("this was left behind by a desktop or an "
			      "editor; it is not published"));
	diag->path = shown(diags->arena,
			   join(&arena, parent->path,
				str_between(name, 0, SNAPSHOT_PATH_LIMIT)));
	diag_help(diags, diag, "%s",
		  _("remove it: git rm; a .gitignore keeps such files out"));
	arena_release(&arena);
}

bool listing_enter(struct listing_entry *out, struct listing *listing,
		   const struct listing_entry *parent, str name)
{
	str normal;

	/* Long names weigh more, so that all of them are bounded too. */
	listing->seen += 1 + name.len / SNAPSHOT_PATH_LIMIT;
	if (listing_is_full(listing) || is_ignored(name))
		return false;
	if (is_junk(name)) {
		leave_out(listing, parent, name);
		return false;
	}
	if (!check_length(listing, parent, name) ||
	    !check_name(listing, parent, name))
		return false;
	normal = unicode_nfc(name, &listing->scratch);
	if (!check_length(listing, parent, normal) ||
	    !check_depth(listing, parent, normal))
		return false;
	*out = (struct listing_entry){ .depth = parent->depth + 1 };
	out->path = join(&listing->scratch, parent->path, normal);
	out->raw_path = out->path;
	if (normal.data != name.data ||
	    parent->raw_path.data != parent->path.data)
		out->raw_path = join(&listing->scratch, parent->raw_path, name);
	return true;
}

struct listing_item *listing_add(struct listing *listing,
				 const struct listing_entry *entry)
{
	struct listing_item *item =
		list_add(&listing->items, &listing->scratch);

	item->path = entry->path;
	item->raw_path = entry->raw_path;
	return item;
}

/* Of two files with one path, the one stored as NFC, then by bytes. */
static int compare(const void *left, const void *right)
{
	const struct listing_item *a = left;
	const struct listing_item *b = right;
	int order = str_compare(a->path, b->path);
	bool a_normal = a->raw_path.data == a->path.data;
	bool b_normal = b->raw_path.data == b->path.data;

	if (order == 0)
		order = b_normal - a_normal;
	return order != 0 ? order : str_compare(a->raw_path, b->raw_path);
}

/* A Git tree is nearly always in our order already. */
static void sort(struct list *items)
{
	struct listing_item *item = items->items;

	for (size_t i = 1; i < items->count; i++) {
		if (compare(&item[i - 1], &item[i]) > 0) {
			qsort(item, items->count, sizeof(*item), compare);
			return;
		}
	}
}

static void remove_duplicates(struct listing *listing)
{
	struct listing_item *items = listing->items.items;
	size_t kept = 0;

	for (size_t i = 0; i < listing->items.count; i++) {
		if (kept > 0 && str_equal(items[kept - 1].path, items[i].path))
			refuse(listing, items[i].path, "snapshot-duplicate",
			       _("two files have this name once their "
				 "characters are normalised"),
			       _("remove one of them"));
		else
			items[kept++] = items[i];
	}
	listing->items.count = kept;
}

/*
 * The lower-case form of a name; false when it is the name itself. The bytes
 * E3 to E9 start Chinese characters, which have no case: skipping them makes
 * this cheap where most names are Chinese.
 */
static bool fold(struct buf *out, str name)
{
	bool changed = false;
	size_t at = 0;

	while (at < name.len && !changed) {
		unsigned char byte = (unsigned char)name.data[at];
		uint32_t code_point;

		if (byte < 0x80 || (byte >= 0xe3 && byte <= 0xe9)) {
			changed = byte >= 'A' && byte <= 'Z';
			at += byte < 0x80 ? 1 : 3;
			continue;
		}
		code_point = unicode_next(name, &at);
		changed = unicode_lower(code_point) != code_point;
	}
	if (!changed)
		return false;
	for (at = 0; at < name.len;)
		buf_add_utf8(out, unicode_lower(unicode_next(name, &at)));
	return true;
}

static bool exists(const struct snapshot *snapshot, str path,
		   struct arena *arena)
{
	size_t first;
	size_t behind;

	snapshot_range(snapshot, join(arena, path, (str){ "", 0 }), &first,
		       &behind);
	return behind > first || snapshot_find(snapshot, path) != STR_NONE;
}

/* What the search for names that differ in case alone keeps. */
struct case_search {
	struct listing *listing;
	const struct snapshot *snapshot;
	struct map folded; /* folder and folded name, to nothing */
};

/* Looks at the file or folder that `path` is, `start` being its name's. */
static void check_case(struct case_search *search, str path, size_t start)
{
	struct arena *scratch = &search->listing->scratch;
	struct diag_list *diags = search->listing->diags;
	struct diag *diag;
	struct buf sibling;

	buf_init(&sibling, scratch);
	buf_add(&sibling, str_between(path, 0, start));
	if (!fold(&sibling, str_from(path, start)))
		return;
	if (map_add(&search->folded, buf_str(&sibling), NULL) &&
	    !exists(search->snapshot, buf_str(&sibling), scratch))
		return;
	if (++search->listing->refused > MESSAGE_LIMIT)
		return;
	diag = diag_warning(diags, span_none(), "snapshot-case",
			    _("another name differs from this one in upper "
			      "and lower case alone"));
	diag->path = arena_copy(diags->arena, path);
	diag_help(diags, diag, "%s",
		  _("rename one of them; on many editors' computers the two "
		    "are one file"));
}

/* Each name once: a folder that the file before also lies in is done. */
static void check_cases(struct case_search *search)
{
	str before = { "", 0 };

	for (size_t i = 0; i < search->snapshot->count; i++) {
		str path = snapshot_path(search->snapshot, i);
		size_t shared = str_common_length(before, path);
		size_t start = 0;

		for (size_t at = 0; at <= path.len; at++) {
			if (at < path.len && path.data[at] != '/')
				continue;
			if (at >= shared)
				check_case(search, str_between(path, 0, at),
					   start);
			start = at + 1;
		}
		before = path;
	}
}

void listing_report_no_library(const char *directory, bool may_be_sparse,
			       struct diag_list *diags)
{
	struct diag *diag = diag_failure(
		diags, "snapshot-no-library",
		_("%s has neither a folder content/ nor a folder sites/"),
		directory);

	diag_help(diags, diag, "%s",
		  may_be_sparse
			  ? _("this may be a sparse checkout: git "
			      "sparse-checkout disable brings the other files")
			  : _("--library names the folder that has content/, "
			      "sites/ and themes/"));
}

/* At most 2,000,000 paths of 1,024 bytes: their ends are 32-bit numbers. */
static void keep_files(struct snapshot *out, const struct listing *listing)
{
	const struct listing_item *items = listing->items.items;
	size_t count = listing->items.count;
	uint32_t *ends = arena_array(listing->arena, count, sizeof(*ends));
	uint8_t(*blob_ids)[SNAPSHOT_ID_SIZE] =
		arena_array(listing->arena, count, sizeof(*blob_ids));
	uint32_t end = 0;
	char *bytes;

	for (size_t i = 0; i < count; i++) {
		end += (uint32_t)items[i].path.len;
		ends[i] = end;
		memcpy(blob_ids[i], items[i].blob_id, sizeof(blob_ids[i]));
	}
	bytes = arena_raw(listing->arena, end);
	for (size_t i = 0; i < count; i++)
		memcpy(bytes + ends[i] - items[i].path.len, items[i].path.data,
		       items[i].path.len);
	out->path_bytes = bytes;
	out->path_size = end;
	out->path_ends = ends;
	out->blob_ids = (const uint8_t(*)[SNAPSHOT_ID_SIZE])blob_ids;
	out->count = count;
}

bool listing_finish(struct snapshot *out, struct listing *listing)
{
	struct case_search search = { .listing = listing, .snapshot = out };

	if (listing_is_full(listing)) {
		diag_failure(listing->diags, "snapshot-too-many",
			     _("the library has more than %d files and "
			       "folders"),
			     (int)SNAPSHOT_ENTRY_LIMIT);
		return false;
	}
	sort(&listing->items);
	remove_duplicates(listing);
	keep_files(out, listing);
	map_init(&search.folded, &listing->scratch);
	check_cases(&search);
	if (listing->refused > MESSAGE_LIMIT)
		diag_error(listing->diags, span_none(), "snapshot-more",
			   _("%zu more names have such mistakes"),
			   listing->refused - MESSAGE_LIMIT);
	return true;
}
