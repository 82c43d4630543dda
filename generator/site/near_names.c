/*
 * Names in settings are compared with the folders that there are, and files of
 * sites/ and content/ that nothing reads with the names that something would
 * read. Both are looked through once a build, and only so many of them: a name
 * is a help, no rule.
 */
#include "site/near_names.h"

#include "base/diag.h"
#include "site/holidays.h"

enum { NAMES_LIMIT = 2000, SHORT = 4, BESIDE = 5 };

/* --- folders below content/ ----------------------------------------------- */

static bool has_files(const struct snapshot *snapshot, str folder,
		      struct arena *arena)
{
	size_t first, behind;

	snapshot_range(snapshot,
		       arena_printf(arena, "content/%.*s/", STR_ARG(folder)),
		       &first, &behind);
	return first < behind;
}

/* The folders right below "content/" or "content/jyj/", each once. */
static size_t list_folders(str *names, const struct snapshot *snapshot,
			   str parent)
{
	size_t count = 0;
	size_t first, behind;

	snapshot_range(snapshot, parent, &first, &behind);
	for (; first < behind && count < NAMES_LIMIT; first++) {
		str rest = str_from(snapshot_path(snapshot, first), parent.len);
		size_t slash = str_find_byte(rest, '/');

		if (slash == STR_NONE)
			continue;
		rest = str_between(rest, 0, slash);
		if (count == 0 || !str_equal(names[count - 1], rest))
			names[count++] = rest;
	}
	return count;
}

/* What was meant as "jyj/gzdtt": the first part that is not there is looked
 * for among those beside it. */
static str nearest_folder(str folder, const struct settings_reader *reader)
{
	struct arena *arena = reader->arena;
	str *names = arena_array(arena, NAMES_LIMIT, sizeof(*names));
	str parent = STR("content/");
	str rest = folder;
	str part, nearest;

	while (str_split_next(&rest, '/', &part)) {
		str whole = arena_printf(arena, "%.*s%.*s/", STR_ARG(parent),
					 STR_ARG(part));
		size_t first, behind;

		snapshot_range(reader->snapshot, whole, &first, &behind);
		if (first == behind)
			break;
		parent = whole;
	}
	nearest = str_nearest(part, names,
			      list_folders(names, reader->snapshot, parent));
	/* of three letters two may differ: then it is another word */
	if (nearest.len == 0 ||
	    (part.len <= SHORT && part.data[0] != nearest.data[0]))
		return STR("");
	parent = str_from(parent, STR("content/").len);
	nearest = arena_printf(arena, "%.*s%.*s%s%.*s", STR_ARG(parent),
			       STR_ARG(nearest), rest.len > 0 ? "/" : "",
			       STR_ARG(rest));
	return has_files(reader->snapshot, nearest, arena) ? nearest : STR("");
}

/* A unit that has a site of its own is none that is misspelt. */
static bool has_site(str folder, const struct settings_reader *reader)
{
	return snapshot_find(reader->snapshot,
			     arena_printf(reader->arena, "sites/%.*s/site.yaml",
					  STR_ARG(folder))) != STR_NONE;
}

/* "jyj/gzdt/a.md", or its id: a folder was meant, or that text alone. */
static bool report_text(str folder, struct span span,
			const struct settings_reader *reader)
{
	str path =
		arena_printf(reader->arena, "content/%.*s%s", STR_ARG(folder),
			     str_ends_with(folder, STR(".md")) ? "" : ".md");
	size_t slash = str_find_last_byte(folder, '/');
	struct diag *diag;

	if (snapshot_find(reader->snapshot, path) == STR_NONE)
		return false;
	diag = diag_warning(
		reader->diags, span, "setting-folder",
		_("a folder belongs here, and %.*s is a text: nothing is in "
		  "it"),
		STR_ARG(path));
	if (slash != STR_NONE)
		diag_help(reader->diags, diag,
			  _("write its folder: %.*s; one text alone is meant "
			    "by a keyword that only it has"),
			  STR_ARG(str_between(folder, 0, slash)));
	else
		diag_help(reader->diags, diag,
			  _("one text alone is meant by a keyword that only "
			    "it has"));
	return true;
}

/* A folder that got another name lies beside the one that is not there. */
static void help_beside(str folder, struct diag *diag,
			const struct settings_reader *reader)
{
	str *names = arena_array(reader->arena, NAMES_LIMIT, sizeof(*names));
	size_t slash = str_find_last_byte(folder, '/');
	str parent = arena_printf(
		reader->arena, "content/%.*s",
		STR_ARG(str_between(folder, 0,
				    slash == STR_NONE ? 0 : slash + 1)));
	size_t count = list_folders(names, reader->snapshot, parent);
	struct buf out;

	buf_init(&out, reader->arena);
	for (size_t i = 0; i < count && i < BESIDE; i++)
		buf_printf(&out, "%s%.*s%.*s", i == 0 ? "" : ", ",
			   STR_ARG(str_from(parent, STR("content/").len)),
			   STR_ARG(names[i]));
	if (count == 0)
		diag_help(
			reader->diags, diag,
			_("nothing is taken from it until a text lies there"));
	else
		diag_help(reader->diags, diag,
			  _("nothing is taken from it; if it was renamed, "
			    "write its new name: beside it are %.*s%s"),
			  STR_ARG(buf_str(&out)), count > BESIDE ? ", …" : "");
}

/* There may be many such names, and each is compared with many folders. */
static void report_folder(str folder, struct span span, enum near_names_use use,
			  const struct settings_reader *reader)
{
	struct settings_reader looking = *reader;
	struct arena scratch;
	struct diag *diag;
	str nearest;

	arena_init(&scratch);
	looking.arena = &scratch;
	nearest = nearest_folder(folder, &looking);
	if (report_text(folder, span, &looking) ||
	    (nearest.len == 0 && use == NEAR_NAMES_SELECTED_UNITS))
		goto done;
	diag = diag_warning(reader->diags, span, "setting-folder",
			    _("there is no folder content/%.*s"),
			    STR_ARG(folder));
	if (nearest.len > 0)
		diag_help(reader->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	else if (use == NEAR_NAMES_EXCLUDED)
		diag_help(reader->diags, diag,
			  _("nothing is left out until a text lies there"));
	else
		help_beside(folder, diag, &looking);
	if (use != NEAR_NAMES_EXCLUDED)
		diag->cost = _("costs the texts of this folder");
done:
	arena_release(&scratch);
}

void near_names_check_folders(const struct text_list *folders,
			      const struct yaml_node *value,
			      enum near_names_use use,
			      const struct settings_reader *reader)
{
	for (size_t i = 0; reader->snapshot != NULL && i < folders->count;
	     i++) {
		struct span span = value->kind == YAML_SEQUENCE
					   ? value->items[i].span
					   : value->span;

		if (!has_files(reader->snapshot, folders->items[i],
			       reader->arena) &&
		    !has_site(folders->items[i], reader))
			report_folder(folders->items[i], span, use, reader);
	}
}

/* --- files below sites/ --------------------------------------------------- */

/* "Site.YML" is "site.yaml": other case, other ending. */
static str with_own_ending(str name, struct arena *arena)
{
	static const str endings[] = { { ".yml", 4 },
				       { ".yaml.txt", 9 },
				       { ".json", 5 },
				       { ".toml", 5 } };

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		str ending = endings[i];

		if (name.len > ending.len &&
		    str_equal_ignoring_case(
			    str_from(name, name.len - ending.len), ending))
			return arena_printf(
				arena, "%.*s.yaml",
				STR_ARG(str_between(name, 0,
						    name.len - ending.len)));
	}
	return name;
}

/* Which of the names was meant; empty: it is one of them, or none. */
static str meant(str name, const str *names, size_t count, struct arena *arena)
{
	str ending = with_own_ending(name, arena);

	for (size_t i = 0; i < count; i++)
		if (str_equal(name, names[i]))
			return STR("");
	for (size_t i = 0; i < count; i++)
		if (str_equal_ignoring_case(ending, names[i]))
			return names[i];
	if (!str_ends_with(ending, STR(".yaml")) &&
	    !str_ends_with(ending, STR(".csv")))
		return STR("");
	ending = str_nearest(ending, names, count);
	return ending.len > 0 && ending.data[0] == name.data[0] ? ending
								: STR("");
}

static const str top_files[] = { { "platform.yaml", 13 } };
static const str site_files[] = { { "site.yaml", 9 },
				  { "redirects.csv", 13 },
				  { "roles.yaml", 10 },
				  { "allowed_signers", 15 } };
static const str vocabulary_files[] = { { "synonyms.yaml", 13 },
					{ "traditional.yaml", 16 } };
const str rule_file_names[RULE_FILE_COUNT] = {
	[RULE_FILE_LIMITS] = { "limits.yaml", 11 },
	[RULE_FILE_REPRINTS] = { "reprints.yaml", 13 },
	[RULE_FILE_SCORES] = { "scores.yaml", 11 },
	[RULE_FILE_SOURCES] = { "sources.yaml", 12 },
	[RULE_FILE_WAIVERS] = { "waivers.yaml", 12 },
	[RULE_FILE_WORDS] = { "words.yaml", 10 },
};

/* Folders of sites/ that are of no site. */
static bool is_shared(str folder)
{
	return str_is_word_of(folder, " types rules vocabulary holidays ");
}

/* What was meant by the path, with its folder; empty: all is well. */
static str meant_by(str path, struct arena *arena)
{
	str rest = str_from(path, STR("sites/").len);
	size_t slash = str_find_byte(rest, '/');
	str folder, name, found;

	if (slash == STR_NONE) {
		found = meant(rest, top_files, COUNT_OF(top_files), arena);
		return found.len == 0 ? found
				      : arena_printf(arena, "sites/%.*s",
						     STR_ARG(found));
	}
	folder = str_between(rest, 0, slash);
	name = str_from(rest, slash + 1);
	if (str_find_byte(name, '/') != STR_NONE)
		return STR("");
	if (str_equal_c(folder, "vocabulary"))
		found = meant(name, vocabulary_files,
			      COUNT_OF(vocabulary_files), arena);
	else if (str_equal_c(folder, "rules"))
		found = meant(name, rule_file_names, RULE_FILE_COUNT, arena);
	else if (is_shared(folder))
		return STR("");
	else
		found = meant(name, site_files, COUNT_OF(site_files), arena);
	return found.len == 0 ? found
			      : arena_printf(arena, "sites/%.*s/%.*s",
					     STR_ARG(folder), STR_ARG(found));
}

static bool report_file(struct diag_list *diags, size_t file, str right,
			bool is_there)
{
	struct span span = { (uint32_t)file, 0, 0 };
	struct diag *diag;

	if (right.len == 0)
		return false;
	diag = diag_error(diags, span, "setting-file",
			  _("nobody reads a file of this name"));
	if (is_there)
		diag_help(diags, diag,
			  _("%.*s is there too and counts; remove this one"),
			  STR_ARG(right));
	else
		diag_help(diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(right));
	return true;
}

/*
 * What reports read: statistics/2026.yaml and statistics/2026-supervision.yaml
 * (report/annual.h), records/checks.yaml and the like (audit/records.h); and
 * statistics/2026-10.json: site/hits.h
 */
static bool is_of_reports(str rest)
{
	bool is_statistics = str_starts_with(rest, STR("statistics/"));

	return (is_statistics && str_ends_with(rest, STR(".json"))) ||
	       ((is_statistics || str_starts_with(rest, STR("records/"))) &&
		str_ends_with(rest, STR(".yaml")));
}

/*
 * Is the path, below sites/, one of those that are read, or a note? A theme has
 * messages of its own.
 */
static bool is_read(str path)
{
	str rest = str_from(path, STR("sites/").len);
	str name = str_file_name(rest);
	int16_t year;
	str folder;

	if (str_equal_c(name, "README.md") || name.data[0] == '.' ||
	    str_equal(rest, top_files[0]))
		return true;
	if (!str_split_next(&rest, '/', &folder) || rest.len == 0)
		return false;
	if (str_equal_c(folder, "types"))
		return str_ends_with(rest, STR(".yaml"));
	if (str_equal_c(folder, "vocabulary"))
		return str_equal(rest, vocabulary_files[0]) ||
		       str_equal(rest, vocabulary_files[1]);
	if (str_equal_c(folder, "holidays"))
		return holidays_path_year(&year, path);
	for (size_t i = 0; i < RULE_FILE_COUNT; i++)
		if (str_equal_c(folder, "rules") &&
		    str_equal(rest, rule_file_names[i]))
			return true;
	return !is_shared(folder) &&
	       (str_equal(rest, site_files[0]) ||
		str_equal(rest, site_files[1]) ||
		str_equal(rest, site_files[2]) ||
		str_equal(rest, site_files[3]) || is_of_reports(rest) ||
		str_starts_with(rest, STR("signers/")) ||
		str_starts_with(rest, STR("theme/")));
}

static void report_unread(struct diag_list *diags, size_t file, str path)
{
	struct span span = { (uint32_t)file, 0, 0 };

	if (is_read(path))
		return;
	diag_help(diags,
		  diag_warning(diags, span, "setting-unread",
			       _("nothing reads this file: what it says has no "
				 "effect")),
		  _("below sites/ are read: platform.yaml, types/*.yaml, "
		    "vocabulary/synonyms.yaml and traditional.yaml, "
		    "holidays/<year>.yaml, rules/ "
		    "(limits, reprints, scores, sources, waivers and "
		    "words.yaml), and of each "
		    "site site.yaml, "
		    "redirects.csv, roles.yaml, allowed_signers, signers/, "
		    "records/, statistics/ and theme/; a "
		    "note for people is a README.md"));
}

/* The files of one folder of sites/, [first, behind). */
static void check_site(const struct snapshot *snapshot, str folder,
		       size_t first, size_t behind, struct diag_list *diags,
		       struct arena *arena)
{
	str settings =
		arena_printf(arena, "sites/%.*s/site.yaml", STR_ARG(folder));
	struct span span = { (uint32_t)first, 0, 0 };
	bool is_told = snapshot_find(snapshot, settings) != STR_NONE;

	for (size_t i = first; i < behind; i++) {
		str path = snapshot_path(snapshot, i);
		str right = meant_by(path, arena);
		bool is_there = right.len > 0 &&
				snapshot_find(snapshot, right) != STR_NONE;

		if (!report_file(diags, i, right, is_there))
			report_unread(diags, i, path);
		else
			is_told |= str_equal(right, settings);
	}
	if (is_told || is_shared(folder))
		return;
	diag_help(diags,
		  diag_warning(diags, span, "site-no-settings",
			       _("the folder sites/%.*s has no site.yaml, so "
				 "there is no site “%.*s”"),
			       STR_ARG(folder), STR_ARG(folder)),
		  _("write %.*s, or remove the folder"), STR_ARG(settings));
}

/* A file of a site that lies beside the folders of the sites. */
static bool report_misplaced(struct diag_list *diags, size_t file, str name,
			     struct arena *arena)
{
	struct span span = { (uint32_t)file, 0, 0 };
	str right = with_own_ending(name, arena);

	if (!str_equal(right, site_files[0]) &&
	    !str_equal(right, site_files[1]))
		return false;
	diag_help(diags,
		  diag_error(diags, span, "setting-file",
			     _("nobody reads a file of this name")),
		  _("a site has a folder of its own: sites/www/%.*s"),
		  STR_ARG(right));
	return true;
}

void near_names_check_files(const struct snapshot *snapshot,
			    struct diag_list *diags)
{
	struct arena arena;
	size_t first, behind;

	arena_init(&arena);
	snapshot_range(snapshot, STR("sites/"), &first, &behind);
	while (first < behind) {
		str path = snapshot_path(snapshot, first);
		str rest = str_from(path, STR("sites/").len);
		size_t slash = str_find_byte(rest, '/');
		size_t from, to;
		str right;

		if (slash != STR_NONE) {
			snapshot_range(
				snapshot,
				str_between(path, 0,
					    STR("sites/").len + slash + 1),
				&from, &to);
			check_site(snapshot, str_between(rest, 0, slash), from,
				   to, diags, &arena);
			first = to;
			continue;
		}
		right = meant_by(path, &arena);
		if (right.len > 0)
			(void)report_file(diags, first, right, true);
		else if (!report_misplaced(diags, first, rest, &arena))
			report_unread(diags, first, path);
		first++;
	}
	arena_release(&arena);
}

str near_names_platform(const struct snapshot *snapshot, struct arena *arena)
{
	size_t first, behind;

	snapshot_range(snapshot, STR("sites/"), &first, &behind);
	for (; first < behind; first++) {
		str path = snapshot_path(snapshot, first);

		if (str_find_byte(str_from(path, STR("sites/").len), '/') ==
			    STR_NONE &&
		    meant_by(path, arena).len > 0)
			return path;
	}
	return STR("");
}
