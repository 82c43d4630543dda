/* Both lists of entries have Git's order, so one pass finds what differs. */
#include "snapshot/tree_compare.h"

#include "base/unicode.h"

/* A folder in both commits; a tree is NULL where it is not there. */
struct folder_pair {
	const git_tree *before;
	const git_tree *after;
	str path; /* with "/" behind it, NFC; empty for the library */
};

static bool compare_folder(const struct tree_comparison *comparison,
			   struct folder_pair pair);

static bool lookup(git_tree **out, const struct tree_comparison *comparison,
		   const git_tree_entry *entry, str path)
{
	struct location_object object = { NULL, path };
	int error;

	*out = NULL;
	if (!tree_entry_is_folder(entry))
		return true;
	object.id = git_tree_entry_id(entry);
	error = git_tree_lookup(out, comparison->repository, object.id);
	if (error == 0)
		return true;
	if (comparison->needs != NULL &&
	    !comparison->needs(comparison->context, path))
		return false;
	location_report_object(comparison->location, object, error,
			       comparison->diags);
	return false;
}

static bool compare_below(const struct tree_comparison *comparison,
			  const git_tree_entry *before,
			  const git_tree_entry *after, str path)
{
	git_tree *before_tree = NULL;
	git_tree *after_tree = NULL;
	bool ok;

	if (comparison->enters != NULL &&
	    !comparison->enters(comparison->context, path))
		return true;
	ok = lookup(&after_tree, comparison, after, path) &&
	     lookup(&before_tree, comparison, before, path);
	if (ok)
		ok = compare_folder(
			comparison,
			(struct folder_pair){ before_tree, after_tree, path });
	else
		ok = comparison->needs != NULL &&
		     !comparison->needs(comparison->context, path);
	git_tree_free(before_tree);
	git_tree_free(after_tree);
	return ok;
}

/* One name that differs, and is in one of the folders at least. */
static bool compare_entry(const struct tree_comparison *comparison, str folder,
			  const git_tree_entry *before,
			  const git_tree_entry *after)
{
	const git_tree_entry *entry = after != NULL ? after : before;
	str name = unicode_nfc(str_from_c(git_tree_entry_name(entry)),
			       comparison->scratch);
	str parts[] = { folder, name,
			tree_entry_is_folder(after) ? STR("/")
						    : (str){ "", 0 } };
	str path = arena_join(comparison->scratch, parts, COUNT_OF(parts));

	if (!tree_entry_is_folder(after))
		return comparison->differs(comparison->context, path, before,
					   after);
	if (before != NULL && !tree_entry_is_folder(before) &&
	    !comparison->differs(comparison->context,
				 str_between(path, 0, path.len - 1), before,
				 NULL))
		return false;
	return compare_below(comparison, before, after, path);
}

static bool is_same(const git_tree_entry *a, const git_tree_entry *b)
{
	return git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
	       git_tree_entry_filemode(a) == git_tree_entry_filemode(b);
}

static const git_tree_entry *entry_at(const git_tree *tree, size_t place)
{
	return tree == NULL ? NULL : git_tree_entry_byindex(tree, place);
}

/* Negative: `a` comes first, or `b` is at its end. */
static int order_of(const git_tree_entry *a, const git_tree_entry *b)
{
	if (a == NULL || b == NULL)
		return (a == NULL) - (b == NULL);
	return git_tree_entry_cmp(a, b);
}

static bool compare_folder(const struct tree_comparison *comparison,
			   struct folder_pair pair)
{
	const git_tree_entry *before = entry_at(pair.before, 0);
	const git_tree_entry *after = entry_at(pair.after, 0);
	size_t i = 0, j = 0;
	bool ok = true;

	while (ok && (before != NULL || after != NULL)) {
		int order = order_of(before, after);

		if (order != 0 || !is_same(before, after))
			ok = compare_entry(comparison, pair.path,
					   order <= 0 ? before : NULL,
					   order >= 0 ? after : NULL);
		if (order <= 0)
			before = entry_at(pair.before, ++i);
		if (order >= 0)
			after = entry_at(pair.after, ++j);
	}
	return ok;
}

bool tree_compare(const struct tree_comparison *comparison,
		  const git_tree *before, const git_tree *after)
{
	if (before != NULL && after != NULL &&
	    git_oid_equal(git_tree_id(before), git_tree_id(after)))
		return true;
	return compare_folder(comparison,
			      (struct folder_pair){ before, after, STR("") });
}

bool tree_entry_is_folder(const git_tree_entry *entry)
{
	return entry != NULL && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}
