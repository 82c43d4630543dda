/*
 * Nothing is locked: publishing goes on meanwhile. It never writes into the
 * tree that is live, so when `live` still leads to the same release at the end,
 * all that was read was of that release.
 */
#include "release/verify.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "release/file_copy.h"
#include "release/served.h"
#include "release/signature.h"
#include "system/folder.h"

struct verifying {
	struct releases *releases;
	const struct verify_options *options;
	struct verify_result *result;
	struct map planned; /* every path: nothing */
	struct folder tree;
	struct diag_list *diags;
};

static void tell(struct verifying *verifying, enum verify_kind kind, str path)
{
	verifying->result->findings++;
	verifying->options->found(verifying->options->context, kind, path);
}

/* --- what the manifest has --- */

static void check_file(struct verifying *verifying,
		       const struct manifest_file *file)
{
	struct file_digest found;
	char name[256];

	if (folder_of(&verifying->tree, file->path, false, name) &&
	    file_copy_digest(&found, verifying->releases->maker,
			     verifying->tree.descriptor, name)) {
		if (!file_digest_equal(&found, &file->digest))
			tell(verifying, VERIFY_ALTERED, file->path);
	} else {
		tell(verifying,
		     errno == ENOENT || errno == ENOTDIR ? VERIFY_MISSING
							 : VERIFY_ALTERED,
		     file->path);
	}
}

static bool check_parts(struct verifying *verifying,
			const struct manifest *manifest)
{
	const struct manifest_part *parts = manifest->parts.items;
	struct arena *arena = verifying->releases->arena;

	map_reserve(&verifying->planned, manifest->files);
	for (size_t i = 0; i < manifest->parts.count; i++) {
		const struct manifest_file *files;
		struct list list;

		if (!releases_part(&list, verifying->releases, &parts[i], arena,
				   verifying->diags))
			return false;
		files = list.items;
		for (size_t j = 0; j < list.count; j++) {
			map_add(&verifying->planned, files[j].path, arena);
			check_file(verifying, &files[j]);
		}
		verifying->result->files += list.count;
	}
	return true;
}

/* --- what is there besides --- */

static int compare_names(const struct dirent **a, const struct dirent **b)
{
	return str_compare(str_from_c((*a)->d_name), str_from_c((*b)->d_name));
}

static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 &&
	       strcmp(entry->d_name, "..") != 0;
}

struct level {
	int folder; /* taken over */
	str path;   /* "" or "a/b/" */
	size_t depth;
};

static bool walk(struct verifying *verifying, struct level level);

static bool look_at(struct verifying *verifying, const struct level *level,
		    const char *name)
{
	struct arena *arena = verifying->releases->arena;
	str path = arena_printf(arena, "%.*s%s", STR_ARG(level->path), name);
	struct level below = { -1, { NULL, 0 }, level->depth + 1 };
	struct stat status;

	if (fstatat(level->folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return true;
	if (S_ISDIR(status.st_mode) && below.depth <= FOLDER_DEPTH_LIMIT) {
		below.folder =
			openat(level->folder, name,
			       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		below.path = arena_printf(arena, "%.*s/", STR_ARG(path));
		return walk(verifying, below);
	}
	if (!map_has(&verifying->planned, path))
		tell(verifying, VERIFY_EXTRA, path);
	return true;
}

static bool walk(struct verifying *verifying, struct level level)
{
	struct dirent **entries = NULL;
	int count = level.folder < 0 ? -1
				     : scandirat(level.folder, ".", &entries,
						 is_entry, compare_names);
	bool ok = count >= 0;

	if (!ok)
		claim_fail(verifying->diags, _("cannot open"), level.path);
	if (count == 0 && level.depth > 0)
		tell(verifying, VERIFY_EXTRA, level.path);
	for (int i = 0; i < count; i++) {
		ok = ok && look_at(verifying, &level, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	if (level.folder >= 0)
		close(level.folder);
	return ok;
}

/* --- the whole --- */

static bool check_signature(struct verifying *verifying, uint64_t number)
{
	struct verify_result *result = verifying->result;
	const char *signers = verifying->options->signers;

	result->is_signed =
		releases_try_file(verifying->releases, number, "manifest.sig")
			.len > 0;
	result->is_known = result->is_signed && signers != NULL &&
			   signature_check(&result->signer, verifying->releases,
					   number, signers, verifying->diags);
	return !verifying->diags->failed;
}

static bool check_tree(struct verifying *verifying, int tree,
		       const struct manifest *manifest)
{
	int root = openat(verifying->releases->claim.root,
			  releases_tree_name(tree),
			  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct level top = { -1, STR(""), 0 };
	bool ok;

	if (root < 0) {
		claim_fail(verifying->diags, _("cannot open"),
			   str_from_c(releases_tree_name(tree)));
		return false;
	}
	folder_init(&verifying->tree, root);
	ok = check_parts(verifying, manifest);
	folder_release(&verifying->tree);
	top.folder = dup(root);
	ok = ok && walk(verifying, top);
	close(root);
	return ok;
}

bool verify_tree(size_t *count, struct releases *releases, int tree,
		 const struct manifest *manifest, verify_found *found,
		 void *context, struct diag_list *diags)
{
	const struct verify_options options = { .found = found,
						.context = context };
	struct verify_result result = { 0 };
	struct verifying verifying = { .releases = releases,
				       .options = &options,
				       .result = &result,
				       .diags = diags };
	bool ok;

	map_init(&verifying.planned, releases->arena);
	ok = check_tree(&verifying, tree, manifest);
	*count = result.findings;
	return ok;
}

static bool is_still_live(const struct releases *releases, int tree,
			  uint64_t number, struct diag_list *diags)
{
	struct diag *diag;

	if (releases_live_tree(releases) == tree &&
	    releases_is_tree(releases, tree, number))
		return true;
	diag = diag_failure(diags, "release-moved",
			    _("another release went live meanwhile"));
	diag_help(diags, diag, _("verify again"));
	return false;
}

/* --- the tree that is not live --- */

struct spare_finding {
	enum verify_kind kind;
	str path;
};

struct spare {
	struct list findings; /* struct spare_finding */
	struct arena *arena;
};

static void note_spare(void *context, enum verify_kind kind, str path)
{
	struct spare *spare = context;

	*(struct spare_finding *)list_add(&spare->findings, spare->arena) =
		(struct spare_finding){ kind, path };
}

/* What is found counts when nobody published or rolled back meanwhile. */
static bool check_spare(struct verify_result *out, struct releases *releases,
			const struct verify_options *options,
			struct diag_list *diags)
{
	int tree = releases->live == 0 ? 1 : 0;
	uint64_t number = releases->trees[tree].release;
	struct spare spare = { .arena = releases->arena };
	const struct spare_finding *items;
	struct manifest manifest;
	struct diag_list found;
	size_t count = 0;
	bool ok;

	if (number == 0 || releases->trees[tree].target != 0)
		return true;
	list_init(&spare.findings, sizeof(struct spare_finding));
	diag_list_init(&found, releases->arena);
	ok = releases_manifest(&manifest, releases, number, &found) &&
	     verify_tree(&count, releases, tree, &manifest, note_spare, &spare,
			 &found);
	if (!releases_is_tree(releases, tree, number))
		return true;
	diag_merge(diags, &found);
	if (!ok)
		return false;
	out->spare = number;
	out->spare_findings = count;
	items = spare.findings.items;
	for (size_t i = 0; i < spare.findings.count; i++)
		options->found_spare(options->context, items[i].kind,
				     items[i].path);
	return true;
}

bool verify_run(struct verify_result *out, struct releases *releases,
		const struct verify_options *options, struct diag_list *diags)
{
	struct verifying verifying = { .releases = releases,
				       .options = options,
				       .result = out,
				       .diags = diags };
	uint64_t number = releases_live(releases);
	int tree = releases->live;
	struct manifest manifest;

	*out = (struct verify_result){ .number = number };
	map_init(&verifying.planned, releases->arena);
	if (number == 0) {
		diag_failure(diags, "release-none",
			     _("no release is live there"));
		return false;
	}
	return releases_manifest(&manifest, releases, number, diags) &&
	       check_signature(&verifying, number) &&
	       (options->url != NULL
			? served_check(out, releases, &manifest, options, diags)
			: check_tree(&verifying, tree, &manifest)) &&
	       is_still_live(releases, tree, number, diags) &&
	       (options->url != NULL ||
		check_spare(out, releases, options, diags));
}
