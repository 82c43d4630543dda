/*
 * Reading a hundred thousand blobs is most of a build. An object of a pack is
 * the cheaper the nearer it lies to the one before, so files are read in the
 * order in which the pack has them, and a handle for each thread keeps what
 * deltas build on. What is dear to unpack and needed twice goes to the spool.
 */
#include "snapshot/revision_snapshot.h"

#include "base/map.h"
#include "snapshot/listing.h"
#include "snapshot/snapshot_operations.h"

#include <git2/object.h>
#include <git2/odb.h>
#include <git2/refs.h>
#include <git2/revparse.h>
#include <git2/strarray.h>

#include <string.h>

/* 1900-01-02 and 9999-12-31: no offset leads out of the years of dates. */
static const int64_t time_first = -2208902400;
static const int64_t time_last = 253402214400;

static bool open_reader(struct snapshot_reader *reader, struct diag_list *diags)
{
	const struct revision *revision = reader->snapshot->state;

	reader->handle = location_open(&revision->location, diags);
	return reader->handle != NULL;
}

static void close_reader(struct snapshot_reader *reader)
{
	git_repository_free(reader->handle);
}

/* A blob whose header was read: above the limit it is never unpacked. */
struct found {
	git_odb *odb;
	git_oid id;
	size_t size;
};

static void report_blob(const struct snapshot_reader *reader, size_t file,
			const git_oid *id, int error, struct diag_list *diags)
{
	const struct revision *revision = reader->snapshot->state;

	location_report_object(
		&revision->location,
		(struct location_object){
			id, snapshot_path(reader->snapshot, file) },
		error, diags);
}

/* The caller frees the database, whatever the answer is. */
static bool find_blob(struct found *out, struct snapshot_reader *reader,
		      struct snapshot_wanted wanted, struct diag_list *diags)
{
	git_object_t type;
	int error;

	*out = (struct found){ 0 };
	memcpy(out->id.id, snapshot_blob(reader->snapshot, wanted.file).data,
	       sizeof(out->id.id));
	error = git_repository_odb(&out->odb, reader->handle);
	if (error == 0)
		error = git_odb_read_header(&out->size, &type, out->odb,
					    &out->id);
	if (error == 0 && type != GIT_OBJECT_BLOB) {
		git_error_set_str(GIT_ERROR_ODB, "it is no blob");
		error = GIT_ERROR;
	}
	if (error < 0)
		report_blob(reader, wanted.file, &out->id, error, diags);
	else if (out->size > wanted.limit)
		snapshot_report_large(reader->snapshot, wanted, out->size,
				      diags);
	return error == 0 && out->size <= wanted.limit;
}

static bool size_of_blob(size_t *out, struct snapshot_reader *reader,
			 struct snapshot_wanted wanted, struct diag_list *diags)
{
	struct found found;
	bool ok = find_blob(&found, reader, wanted, diags);

	*out = found.size;
	git_odb_free(found.odb);
	return ok;
}

static bool unpack_blob(str *out, struct snapshot_reader *reader,
			struct snapshot_wanted wanted, struct arena *arena,
			struct diag_list *diags)
{
	git_odb_object *object = NULL;
	struct found found;
	bool ok = find_blob(&found, reader, wanted, diags);
	int error;

	if (!ok)
		goto done;
	error = git_odb_read(&object, found.odb, &found.id);
	ok = error == 0;
	if (ok)
		*out = arena_copy(arena, (str){ git_odb_object_data(object),
						git_odb_object_size(object) });
	else
		report_blob(reader, wanted.file, &found.id, error, diags);
done:
	git_odb_object_free(object);
	git_odb_free(found.odb);
	return ok;
}

static bool read_blob(str *out, struct snapshot_reader *reader,
		      struct snapshot_wanted wanted, struct arena *arena,
		      struct diag_list *diags)
{
	const struct revision *revision = reader->snapshot->state;
	struct spool *spool = revision->spool;

	/* it has the bytes of the list */
	if (snapshot_is_patched(reader->snapshot, wanted.file))
		spool = NULL;
	if (spool != NULL && spool_get(out, spool, wanted.file, arena))
		return true;
	if (!unpack_blob(out, reader, wanted, arena, diags))
		return false;
	if (spool != NULL && out->len <= SNAPSHOT_TEXT_LIMIT &&
	    ((wanted.is_early && spool_has_room(spool, out->len)) ||
	     str_ends_with(snapshot_path(reader->snapshot, wanted.file),
			   STR(".md"))))
		spool_put(spool, wanted.file, *out);
	return true;
}

void snapshot_spool(struct snapshot *snapshot, int folder, struct arena *arena)
{
	struct revision *revision = snapshot->state;

	if (revision_of(snapshot) != NULL)
		revision->spool = spool_open(folder, snapshot->count, arena);
}

/* --- the order of the packs --- */

struct ordering {
	const struct snapshot *snapshot;
	struct map places; /* of the first file with these bytes, + 1 */
	uint32_t *next;	   /* place + 1 of the next file with the same bytes */
	const uint32_t *files;
	uint32_t *ordered; /* filled from the end */
	size_t left;
};

static str blob_of(const struct ordering *ordering, size_t place)
{
	return snapshot_blob(ordering->snapshot, ordering->files[place]);
}

static void index_blobs(struct ordering *ordering, size_t count)
{
	map_reserve(&ordering->places, count);
	for (size_t i = 0; i < count; i++) {
		str blob = blob_of(ordering, i);

		ordering->next[i] =
			(uint32_t)(uintptr_t)map_get(&ordering->places, blob);
		map_set(&ordering->places, blob, (void *)(uintptr_t)(i + 1));
	}
}

/*
 * libgit2 gives the objects of a pack in the order in which they lie there, and
 * a difference lies behind what it is one from. So from the end: unpacking a
 * file unpacks, and leaves in libgit2's cache, those that come next.
 */
static int take_object(const git_oid *id, void *context)
{
	struct ordering *ordering = context;
	str blob = { (const char *)id->id, sizeof(id->id) };
	uint32_t place = (uint32_t)(uintptr_t)map_get(&ordering->places, blob);

	/* An object may lie in several packs, and is taken once. */
	if (place != 0)
		map_set(&ordering->places, blob, NULL);
	for (; place != 0 && ordering->left > 0;
	     place = ordering->next[place - 1])
		ordering->ordered[--ordering->left] =
			ordering->files[place - 1];
	return 0;
}

/* Looking at all objects is worth it only when many of them are wanted. */
static void order_files(struct snapshot_reader *reader, uint32_t *files,
			size_t count)
{
	enum { FEW = 1000 };
	struct ordering ordering = { .snapshot = reader->snapshot,
				     .files = files };
	struct arena scratch;
	git_odb *odb = NULL;

	if (count < FEW || git_repository_odb(&odb, reader->handle) < 0)
		return;
	arena_init(&scratch);
	map_init(&ordering.places, &scratch);
	ordering.next = arena_array(&scratch, count, sizeof(uint32_t));
	ordering.ordered = arena_array(&scratch, count, sizeof(uint32_t));
	ordering.left = count;
	index_blobs(&ordering, count);
	/* What cannot be listed is read in the order it has, and reported. */
	if (git_odb_foreach(odb, take_object, &ordering) == 0 &&
	    ordering.left == 0)
		memcpy(files, ordering.ordered, count * sizeof(*files));
	git_odb_free(odb);
	arena_release(&scratch);
}

static void close_revision(struct snapshot *snapshot)
{
	struct revision *revision = snapshot->state;

	if (revision->spool != NULL)
		spool_close(revision->spool);
}

static const struct snapshot_operations revision_operations = {
	.open_reader = open_reader,
	.close_reader = close_reader,
	.size = size_of_blob,
	.read = read_blob,
	.close = close_revision,
	.order = order_files,
};

void revision_attach(struct snapshot *out, const struct location *location,
		     struct arena *arena)
{
	struct revision *state = arena_alloc(arena, sizeof(*state));

	state->location = *location;
	out->operations = &revision_operations;
	out->state = state;
}

const struct revision *revision_of(const struct snapshot *snapshot)
{
	return snapshot->operations == &revision_operations ? snapshot->state
							    : NULL;
}

struct moment revision_commit_time(const git_commit *commit, int32_t offset)
{
	int64_t seconds = git_commit_time(commit);

	if (seconds < time_first || seconds > time_last)
		return (struct moment){ 0 };
	return moment_from_seconds(seconds, offset);
}

/* What opening needs besides the snapshot. */
struct opening {
	const char *directory;
	const char *revision; /* NULL for HEAD */
	const struct location *location;
	git_repository *repository;
	struct listing listing;
	struct diag_list *diags;
};

/* HEAD is on a branch without commits, and so is every other name. */
static bool has_no_commits(const struct opening *opening)
{
	git_strarray names = { 0 };
	bool empty;

	if (git_repository_head_unborn(opening->repository) != 1)
		return false;
	if (opening->revision == NULL || strcmp(opening->revision, "HEAD") == 0)
		return true;
	empty = git_reference_list(&names, opening->repository) == 0 &&
		names.count == 0;
	git_strarray_dispose(&names);
	return empty;
}

static void report_no_commits(const struct opening *opening)
{
	struct diag *diag = diag_failure(
		opening->diags, "snapshot-no-commits",
		_("the branch of %s has no commit yet"), opening->directory);

	diag_help(opening->diags, diag, "%s",
		  _("commit the library, name another branch with --rev, or "
		    "use --worktree to preview the files as they are"));
}

static const char *name_of(const struct opening *opening)
{
	return opening->revision == NULL ? "HEAD" : opening->revision;
}

static void report_revision(const struct opening *opening, int error)
{
	struct diag_list *diags = opening->diags;
	const char *id = "snapshot-revision";
	const char *help = _("name a branch, a tag or a commit; git branch -a "
			     "and git log show them");
	struct diag *diag;

	if (location_report_no_files(str_from_c(opening->directory), diags))
		return;
	switch (error) {
	case GIT_EAMBIGUOUS:
		diag = diag_failure(diags, id,
				    _("\"%s\" is the beginning of several "
				      "objects of %s"),
				    name_of(opening), opening->directory);
		help = _("write more digits of it");
		break;
	case GIT_ENOTFOUND:
	case GIT_EINVALIDSPEC:
		diag = diag_failure(diags, id, _("\"%s\" is no revision of %s"),
				    name_of(opening), opening->directory);
		break;
	default:
		diag = diag_failure(diags, id,
				    _("what \"%s\" stands for in %s cannot be "
				      "read (libgit2: %s)"),
				    name_of(opening), opening->directory,
				    location_reason());
		help = _("git fsck names the damaged branch or object");
		break;
	}
	diag_help(diags, diag, "%s", help);
}

/*
 * A branch may be there without its commit: what is missing is said, and not
 * that there is no such branch.
 */
static bool has_target(const struct opening *opening)
{
	git_reference *found = NULL;
	git_reference *reference = NULL;
	git_odb *odb = NULL;
	bool ok = true;

	if (git_reference_dwim(&found, opening->repository, name_of(opening)) ==
		    0 &&
	    git_reference_resolve(&reference, found) == 0 &&
	    git_repository_odb(&odb, opening->repository) == 0) {
		const git_oid *id = git_reference_target(reference);

		ok = id == NULL || git_odb_exists(odb, id) == 1;
		if (!ok)
			location_report_object(
				opening->location,
				(struct location_object){
					id, str_from_c(name_of(opening)) },
				GIT_ENOTFOUND, opening->diags);
	}
	git_odb_free(odb);
	git_reference_free(reference);
	git_reference_free(found);
	return ok;
}

static bool look_up(git_object **out, const struct opening *opening)
{
	int error;

	if (has_no_commits(opening)) {
		report_no_commits(opening);
		return false;
	}
	if (!has_target(opening))
		return false;
	error = git_revparse_single(out, opening->repository, name_of(opening));
	if (error < 0)
		report_revision(opening, error);
	return error == 0;
}

/* The tree of a commit is not there; or it is something without one. */
static void report_no_tree(const struct opening *opening,
			   const git_object *commit, int error)
{
	struct location_object object = { NULL, str_from_c(name_of(opening)) };
	struct diag *diag;

	if (commit != NULL) {
		object.id = git_commit_tree_id((const git_commit *)commit);
		location_report_object(opening->location, object, error,
				       opening->diags);
		return;
	}
	diag = diag_failure(opening->diags, "snapshot-not-a-tree",
			    _("\"%s\" has no files"), name_of(opening));
	diag_help(opening->diags, diag, "%s",
		  _("name a branch, a tag or a commit"));
}

/* Sets revision, time and state, and gives the root of the tree. */
static bool resolve(struct snapshot *out, git_tree **root,
		    struct revision *revision, const struct opening *opening,
		    struct arena *arena)
{
	git_object *object = NULL;
	git_object *commit = NULL;
	git_object *tree = NULL;
	char hex[GIT_OID_HEXSZ + 1];
	bool ok = false;
	int error;

	if (!look_up(&object, opening))
		goto done;
	revision->is_commit =
		git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;
	error = git_object_peel(&tree, object, GIT_OBJECT_TREE);
	if (error < 0) {
		report_no_tree(opening, commit, error);
		goto done;
	}
	if (revision->is_commit)
		out->time = revision_commit_time(
			(git_commit *)commit,
			git_commit_time_offset((git_commit *)commit));
	git_oid_cpy(&revision->id,
		    git_object_id(revision->is_commit ? commit : tree));
	git_oid_tostr(hex, sizeof(hex), &revision->id);
	out->revision = arena_copy(arena, str_from_c(hex));
	*root = (git_tree *)tree;
	tree = NULL;
	ok = true;
done:
	git_object_free(tree);
	git_object_free(commit);
	git_object_free(object);
	return ok;
}

static bool walk(struct opening *opening, const git_tree *tree,
		 const struct listing_entry *folder);

static bool walk_below(struct opening *opening, const git_oid *id,
		       const struct listing_entry *folder)
{
	git_tree *tree = NULL;
	int error = git_tree_lookup(&tree, opening->repository, id);
	bool ok;

	if (error < 0) {
		location_report_object(
			opening->location,
			(struct location_object){ id, folder->path }, error,
			opening->diags);
		return false;
	}
	ok = walk(opening, tree, folder);
	git_tree_free(tree);
	return ok;
}

static bool visit(struct opening *opening, const git_tree_entry *entry,
		  const struct listing_entry *parent)
{
	str name = str_from_c(git_tree_entry_name(entry));
	git_filemode_t mode = git_tree_entry_filemode(entry);
	const git_oid *id = git_tree_entry_id(entry);
	struct listing_entry found;

	if (parent->depth == 0 &&
	    (mode == GIT_FILEMODE_BLOB ||
	     mode == GIT_FILEMODE_BLOB_EXECUTABLE ||
	     !listing_takes_root(&opening->listing, name)))
		return true;
	if (!listing_enter(&found, &opening->listing, parent, name))
		return true;
	switch (mode) {
	case GIT_FILEMODE_TREE:
		return walk_below(opening, id, &found);
	case GIT_FILEMODE_LINK:
		listing_refuse_link(&opening->listing, &found);
		return true;
	case GIT_FILEMODE_COMMIT:
		listing_refuse_submodule(&opening->listing, &found);
		return true;
	default:
		memcpy(listing_add(&opening->listing, &found)->blob_id, id->id,
		       sizeof(id->id));
		return true;
	}
}

static bool walk(struct opening *opening, const git_tree *tree,
		 const struct listing_entry *folder)
{
	size_t count = git_tree_entrycount(tree);

	for (size_t i = 0; i < count; i++) {
		if (listing_is_full(&opening->listing))
			return true;
		if (!visit(opening, git_tree_entry_byindex(tree, i), folder))
			return false;
	}
	return true;
}

static bool has_folder(const git_tree *tree, const char *name)
{
	const git_tree_entry *entry = git_tree_entry_byname(tree, name);

	return entry != NULL && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

/* The library's folder of the revision, which must look like a library. */
static bool find_library(git_tree **out, const git_tree *root,
			 const struct revision *revision,
			 const struct opening *opening)
{
	str folder = revision->location.folder;
	int error =
		location_tree(out, &revision->location, root, opening->diags);
	struct diag *diag;

	if (error == GIT_ENOTFOUND) {
		diag = diag_failure(opening->diags, "snapshot-folder",
				    _("the revision has no folder %.*s"),
				    STR_ARG(folder));
		diag_help(opening->diags, diag, "%s",
			  _("git add and git commit it, or name another "
			    "revision with --rev"));
		return false;
	}
	if (error < 0)
		return false;
	if (has_folder(*out, "content") || has_folder(*out, "sites"))
		return true;
	listing_report_no_library(opening->directory, false, opening->diags);
	return false;
}

bool snapshot_open_revision(struct snapshot *out, const char *directory,
			    const char *revision, struct arena *arena,
			    struct diag_list *diags)
{
	struct revision *state = arena_alloc(arena, sizeof(*state));
	struct opening opening = { .directory = directory,
				   .revision = revision,
				   .location = &state->location,
				   .diags = diags };
	struct listing_entry top = { 0 };
	git_tree *library = NULL;
	git_tree *root = NULL;
	bool ok = false;

	*out = (struct snapshot){ .operations = &revision_operations,
				  .state = state };
	listing_init(&opening.listing, arena, diags);
	if (!location_find(&state->location, directory, arena, diags))
		goto done;
	opening.repository = location_open(&state->location, diags);
	ok = opening.repository != NULL &&
	     resolve(out, &root, state, &opening, arena) &&
	     find_library(&library, root, state, &opening) &&
	     walk(&opening, library, &top) &&
	     listing_finish(out, &opening.listing);
done:
	listing_release(&opening.listing);
	git_tree_free(library);
	git_tree_free(root);
	git_repository_free(opening.repository);
	return ok;
}

bool snapshot_open_listed(struct snapshot *out, const char *directory,
			  const char *revision, struct arena *arena,
			  struct diag_list *diags)
{
	struct revision *state = arena_alloc(arena, sizeof(*state));
	struct opening opening = { .directory = directory,
				   .revision = revision,
				   .location = &state->location,
				   .diags = diags };
	git_tree *root = NULL;
	bool ok = location_find(&state->location, directory, arena, diags);

	out->operations = &revision_operations;
	out->state = state;
	if (!ok)
		return false;
	opening.repository = location_open(&state->location, diags);
	ok = opening.repository != NULL &&
	     resolve(out, &root, state, &opening, arena);
	git_tree_free(root);
	git_repository_free(opening.repository);
	return ok;
}

bool snapshot_resolve(str *out, const char *directory, const char *revision,
		      struct arena *arena, struct diag_list *diags)
{
	struct snapshot snapshot = { 0 };
	const struct revision *state;

	if (!snapshot_open_listed(&snapshot, directory, revision, arena, diags))
		return false;
	state = snapshot.state;
	*out = arena_printf(arena, "%.*s %.*s", STR_ARG(snapshot.revision),
			    STR_ARG(state->location.folder));
	return true;
}

str snapshot_folder(const char *directory, struct arena *arena)
{
	struct location location;
	struct diag_list ignored;

	diag_list_init(&ignored, arena);
	return location_find(&location, directory, arena, &ignored)
		       ? location.folder
		       : STR("");
}
