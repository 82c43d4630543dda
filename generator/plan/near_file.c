/*
 * What editors write instead of a file's path, from the likeliest on: its name
 * of before, another ending, one "../" too few, other letters or case, a file
 * that moved. Only for a message, and so bounded: of a large library the first
 * files and names are compared.
 */
#include "plan/near_file.h"

#include "base/unicode.h"

enum { FILES_LIMIT = 20000, NAMES_LIMIT = 500 };

static str folder_of(str path)
{
	size_t slash = str_find_last_byte(path, '/');

	return str_between(path, 0, slash == STR_NONE ? 0 : slash + 1);
}

/* --- the same path, written otherwise ------------------------------------- */

static str other_ending(const struct snapshot *snapshot, str path,
			struct arena *arena)
{
	static const char *const endings[] = { ".md", "/index.md" };
	static const char *const pages[] = { ".html", ".htm", ".markdown", "/",
					     "" };

	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		str page = str_from_c(pages[i]);
		str stem = str_between(path, 0, path.len - page.len);

		if (!str_ends_with(path, page))
			continue;
		for (size_t k = 0; k < COUNT_OF(endings); k++) {
			str tried = arena_printf(arena, "%.*s%s", STR_ARG(stem),
						 endings[k]);

			if (snapshot_find(snapshot, tried) != STR_NONE)
				return tried;
		}
	}
	return STR("");
}

/* Of all files of the unit: the same in other case; else the only one with
 * this name, where the name says anything. */
static str in_unit(const struct snapshot *snapshot, str path)
{
	str rest = str_from(path, STR("content/").len);
	str name = str_from(path, folder_of(path).len);
	size_t slash = str_find_byte(rest, '/');
	size_t first, behind, count = 0;
	str found = STR("");

	if (slash == STR_NONE)
		return found;
	snapshot_range(snapshot,
		       str_between(path, 0, STR("content/").len + slash + 1),
		       &first, &behind);
	if (first == behind) /* the unit in other case */
		snapshot_range(snapshot, STR("content/"), &first, &behind);
	if (behind - first > FILES_LIMIT)
		return found;
	for (; first < behind; first++) {
		str other = snapshot_path(snapshot, first);

		if (str_equal_ignoring_case(other, path))
			return other;
		if (!str_ends_with(other, name) ||
		    folder_of(other).len + name.len != other.len)
			continue;
		found = other;
		count++;
	}
	return count == 1 && !str_equal(name, STR("index.md")) ? found
							       : STR("");
}

/* "x.jpg" beside "x.png". */
static str other_picture(const struct snapshot *snapshot, str path,
			 struct arena *arena)
{
	static const char *const endings[] = { ".jpg",	".jpeg", ".png",
					       ".webp", ".gif",	 ".svg" };
	size_t dot = str_find_last_byte(path, '.');
	bool is_picture = false;

	for (size_t i = 0; dot != STR_NONE && i < COUNT_OF(endings); i++)
		is_picture |= str_equal_ignoring_case(str_from(path, dot),
						      str_from_c(endings[i]));
	for (size_t i = 0; is_picture && i < COUNT_OF(endings); i++) {
		str tried = arena_printf(arena, "%.*s%s",
					 STR_ARG(str_between(path, 0, dot)),
					 endings[i]);

		if (snapshot_find(snapshot, tried) != STR_NONE)
			return tried;
	}
	return STR("");
}

/*
 * One "../" too few leads into a folder too many, one too many out of
 * content/: "content/jyj/szf/tzgg/x.md" for content/szf/tzgg/x.md. The longest
 * end of the path that is a file below content/ or the unit counts, where it
 * has a folder.
 */
static str shifted(const struct snapshot *snapshot, str path,
		   struct arena *arena)
{
	enum { DEPTH_LIMIT = 16 };
	bool is_inside = str_starts_with(path, STR("content/"));
	str rest = is_inside ? str_from(path, STR("content/").len) : path;
	size_t slash = str_find_byte(rest, '/');
	str unit = is_inside ? str_between(rest, 0, slash) : STR("");

	for (int i = 0; i < DEPTH_LIMIT && slash != STR_NONE; i++) {
		const str tried[] = {
			arena_printf(arena, "content/%.*s", STR_ARG(rest)),
			arena_printf(arena, "content/%.*s/%.*s", STR_ARG(unit),
				     STR_ARG(rest)),
		};

		for (size_t k = 0; k < COUNT_OF(tried); k++)
			if (snapshot_find(snapshot, tried[k]) != STR_NONE)
				return tried[k];
		rest = str_from(rest, slash + 1);
		slash = str_find_byte(rest, '/');
	}
	return STR("");
}

/* --- nearly the same name ------------------------------------------------- */

/* Endings are the same for all, so they say nothing of how near names are. */
static str in_folder(const struct snapshot *snapshot, str path,
		     struct arena *arena)
{
	enum { SHORT = 4 }; /* of three letters two may differ */
	str folder = folder_of(path);
	str stem = str_from(path, folder.len);
	size_t dot = str_find_last_byte(stem, '.');
	str ending = dot == STR_NONE ? STR("") : str_from(stem, dot);
	str *stems = arena_array(arena, NAMES_LIMIT, sizeof(*stems));
	size_t first, behind, count = 0;
	str nearest;

	stem.len -= ending.len;
	snapshot_range(snapshot, folder, &first, &behind);
	for (; first < behind && count < NAMES_LIMIT; first++) {
		str other =
			str_from(snapshot_path(snapshot, first), folder.len);

		if (str_find_byte(other, '/') == STR_NONE &&
		    other.data[0] != '_' && str_ends_with(other, ending))
			stems[count++] =
				str_between(other, 0, other.len - ending.len);
	}
	nearest = str_nearest(stem, stems, count);
	if (nearest.len == 0 ||
	    (stem.len <= SHORT && stem.data[0] != nearest.data[0]))
		return STR("");
	return arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(folder),
			    STR_ARG(nearest), STR_ARG(ending));
}

/* "banfa.md。": the end of the sentence got into the address. */
static str without_stop(str path)
{
	size_t at = path.len;

	while (at > 0) {
		size_t start = at;
		uint32_t last = unicode_previous(path, &start);

		if (at - start < 3 || !unicode_is_punctuation(last))
			break;
		at = start;
	}
	return str_between(path, 0, at);
}

str near_file(const struct page_plan *plan, str path, struct arena *arena)
{
	const struct snapshot *snapshot = plan->snapshot;
	str found;

	path = without_stop(path);
	if (!str_starts_with(path, STR("content/")))
		return shifted(snapshot, path, arena);
	if (snapshot_find(snapshot, path) != STR_NONE)
		return path;
	found = renames_follow(plan->renames, snapshot, path);
	if (found.len == 0)
		found = other_ending(snapshot, path, arena);
	if (found.len == 0)
		found = other_picture(snapshot, path, arena);
	if (found.len == 0)
		found = shifted(snapshot, path, arena);
	if (found.len == 0)
		found = in_unit(snapshot, path);
	return found.len > 0 ? found : in_folder(snapshot, path, arena);
}

str near_file_relative(str from, str path, struct arena *arena)
{
	struct buf out;
	size_t common = 0;

	buf_init(&out, arena);
	from = folder_of(from);
	for (size_t i = 0;
	     i < from.len && i < path.len && from.data[i] == path.data[i]; i++)
		if (from.data[i] == '/')
			common = i + 1;
	for (size_t i = common; i < from.len; i++)
		if (from.data[i] == '/')
			buf_add_c(&out, "../");
	buf_add(&out, str_from(path, common));
	return buf_str(&out);
}
