/*
 * A work tree changes while it is read, and may have anything in it. Every
 * name is opened below its folder's descriptor, without following links and
 * without waiting for pipes; what was listed and what is read are compared by
 * what the system says of the file, and a file that became another one is
 * told.
 */
#include "snapshot/snapshot.h"

#include "snapshot/file_memory.h"
#include "snapshot/listing.h"
#include "snapshot/snapshot_operations.h"
#include "system/reason.h"

#include <git2/odb.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * No name is followed out of the library: every name of a path is opened on
 * its own below its folder's descriptor, and O_NOFOLLOW refuses a link. A FIFO
 * put in a file's place would block; O_NONBLOCK lets fstat refuse it.
 */
enum {
	FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
	FILE_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
};

struct directory {
	int root;	      /* descriptor of the library's folder */
	const str *raw_paths; /* one a file, as the disk spells it */
};

static bool report(const char *id, str path, int reason,
		   struct diag_list *diags)
{
	diag_failure(diags, id, _("%.*s cannot be read: %s"), STR_ARG(path),
		     reason_text(reason));
	return false;
}

/* A descriptor, or -1 with errno. */
static int open_name(int folder, str name, int flags)
{
	char text[NAME_MAX + 1];

	if (name.len > NAME_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(text, name.data, name.len);
	text[name.len] = '\0';
	return openat(folder, text, flags);
}

static int open_path(int root, str path)
{
	int folder = root;
	str rest = path;
	str name;
	int opened = -1;
	int reason;

	while (str_split_next(&rest, '/', &name)) {
		opened = open_name(folder, name,
				   rest.data == NULL ? FILE_FLAGS
						     : FOLDER_FLAGS);
		reason = errno;
		if (folder != root)
			close(folder);
		errno = reason;
		if (opened < 0)
			return -1;
		folder = opened;
	}
	return opened;
}

/* Up to `size` bytes; fewer when the file has become shorter. */
static bool read_bytes(str *out, int descriptor, size_t size,
		       struct arena *arena)
{
	char *data = arena_alloc(arena, size + 1);
	size_t len = 0;

	while (len < size) {
		ssize_t count = read(descriptor, data + len, size - len);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return false;
		if (count == 0)
			break;
		len += (size_t)count;
	}
	*out = (str){ data, len };
	return true;
}

static void set_blob_id(uint8_t *blob_id, str data)
{
	git_oid id;

	git_odb_hash(&id, data.data, data.len, GIT_OBJECT_BLOB);
	memcpy(blob_id, id.id, sizeof(id.id));
}

static bool report_changed(str path, struct diag_list *diags)
{
	struct diag *diag = diag_failure(
		diags, "snapshot-changed",
		_("%.*s was changed or removed while it was being read"),
		STR_ARG(path));

	diag_help(diags, diag, "%s", _("run the command again"));
	return false;
}

static bool read_open_file(str *out, int descriptor,
			   const struct snapshot_reader *reader,
			   struct snapshot_wanted wanted, struct arena *arena,
			   struct diag_list *diags)
{
	str path = snapshot_path(reader->snapshot, wanted.file);
	uint8_t blob_id[SNAPSHOT_ID_SIZE];
	struct stat info;

	if (fstat(descriptor, &info) < 0)
		return report("snapshot-read", path, errno, diags);
	if (!S_ISREG(info.st_mode))
		return report_changed(path, diags);
	if ((uint64_t)info.st_size > wanted.limit) {
		snapshot_report_large(reader->snapshot, wanted,
				      (uint64_t)info.st_size, diags);
		return false;
	}
	if (!read_bytes(out, descriptor, (size_t)info.st_size, arena))
		return report("snapshot-read", path, errno, diags);
	/* Metadata is kept by blob id: bytes under a wrong id would stay. */
	set_blob_id(blob_id, *out);
	if (memcmp(blob_id, snapshot_blob(reader->snapshot, wanted.file).data,
		   sizeof(blob_id)) != 0)
		return report_changed(path, diags);
	return true;
}

static bool read_file(str *out, struct snapshot_reader *reader,
		      struct snapshot_wanted wanted, struct arena *arena,
		      struct diag_list *diags)
{
	const struct directory *directory = reader->snapshot->state;
	str path = snapshot_path(reader->snapshot, wanted.file);
	int descriptor =
		open_path(directory->root, directory->raw_paths[wanted.file]);
	bool ok;

	if (descriptor < 0) {
		if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)
			return report_changed(path, diags);
		return report("snapshot-read", path, errno, diags);
	}
	ok = read_open_file(out, descriptor, reader, wanted, arena, diags);
	close(descriptor);
	return ok;
}

static bool size_of(size_t *out, struct snapshot_reader *reader,
		    struct snapshot_wanted wanted, struct diag_list *diags)
{
	const struct directory *directory = reader->snapshot->state;
	str path = snapshot_path(reader->snapshot, wanted.file);
	int descriptor =
		open_path(directory->root, directory->raw_paths[wanted.file]);
	struct stat info;
	bool ok = descriptor >= 0 && fstat(descriptor, &info) == 0 &&
		  S_ISREG(info.st_mode);

	if (descriptor >= 0)
		close(descriptor);
	if (!ok)
		return report_changed(path, diags);
	*out = (size_t)info.st_size;
	if (*out > wanted.limit)
		snapshot_report_large(reader->snapshot, wanted, *out, diags);
	return *out <= wanted.limit;
}

static void close_directory(struct snapshot *snapshot)
{
	struct directory *directory = snapshot->state;

	if (directory->root >= 0)
		close(directory->root);
	directory->root = -1;
}

static const struct snapshot_operations directory_operations = {
	.size = size_of,
	.read = read_file,
	.close = close_directory,
};

/* The walk over the folders. */
struct walk {
	struct listing listing;
	struct file_memory *memory; /* or NULL */
	struct diag_list *diags;
	struct arena bytes; /* of one file */
};

static bool walk_folder(struct walk *walk, int descriptor,
			const struct listing_entry *folder);

/*
 * A name that is gone again was an editor's temporary file; one that turned
 * into a link is refused like any link.
 */
static bool report_open(struct walk *walk, const struct listing_entry *entry)
{
	if (errno == ENOENT)
		return true;
	if (errno == ELOOP || errno == ENOTDIR) {
		listing_refuse_link(&walk->listing, entry);
		return true;
	}
	return report("snapshot-read", entry->path, errno, walk->diags);
}

static bool add_file(struct walk *walk, int folder, const char *name,
		     const struct listing_entry *entry)
{
	int descriptor = openat(folder, name, FILE_FLAGS);
	struct listing_item *item;
	struct stat info;
	bool ok;
	str data;

	if (descriptor < 0)
		return report_open(walk, entry);
	ok = fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
	item = listing_add(&walk->listing, entry);
	if (ok && (uint64_t)info.st_size <= SNAPSHOT_BLOB_LIMIT) {
		ok = read_bytes(&data, descriptor, (size_t)info.st_size,
				&walk->bytes);
		if (ok)
			set_blob_id(item->blob_id, data);
		if (ok && walk->memory != NULL)
			file_memory_add(walk->memory, &info, item->blob_id);
		arena_reset(&walk->bytes);
	}
	if (!ok)
		report("snapshot-read", entry->path, errno, walk->diags);
	close(descriptor);
	return ok;
}

/* A file that is as it was at the listing before has the same bytes. */
static bool add_known(struct walk *walk, const struct listing_entry *entry,
		      const struct stat *info)
{
	const uint8_t *id = walk->memory == NULL
				    ? NULL
				    : file_memory_find(walk->memory, info);

	if (id == NULL)
		return false;
	memcpy(listing_add(&walk->listing, entry)->blob_id, id,
	       SNAPSHOT_ID_SIZE);
	return true;
}

static bool add_folder(struct walk *walk, int parent, const char *name,
		       const struct listing_entry *entry)
{
	int descriptor = openat(parent, name, FOLDER_FLAGS);

	if (descriptor < 0)
		return report_open(walk, entry);
	return walk_folder(walk, descriptor, entry);
}

static bool visit(struct walk *walk, int folder, const char *name,
		  const struct listing_entry *parent)
{
	struct listing_entry entry;
	struct stat info;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return true;
	if (parent->depth == 0 &&
	    !listing_takes_root(&walk->listing, str_from_c(name)))
		return true;
	if (!listing_enter(&entry, &walk->listing, parent, str_from_c(name)))
		return true;
	if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
		return report_open(walk, &entry);
	if (S_ISDIR(info.st_mode))
		return add_folder(walk, folder, name, &entry);
	if (S_ISLNK(info.st_mode))
		listing_refuse_link(&walk->listing, &entry);
	else if (!S_ISREG(info.st_mode))
		listing_refuse_special(&walk->listing, &entry);
	else if (parent->depth > 0 && !add_known(walk, &entry, &info))
		return add_file(walk, folder, name, &entry);
	return true;
}

/* Closes the descriptor. Open folders are as many as the depth limit. */
static bool walk_folder(struct walk *walk, int descriptor,
			const struct listing_entry *folder)
{
	DIR *stream = fdopendir(descriptor);
	struct dirent *found;
	bool ok = true;

	if (stream == NULL) {
		close(descriptor);
		return report("snapshot-read", folder->path, errno,
			      walk->diags);
	}
	while (ok && !listing_is_full(&walk->listing)) {
		errno = 0;
		found = readdir(stream);
		if (found == NULL && errno != 0)
			ok = report("snapshot-read", folder->path, errno,
				    walk->diags);
		if (found == NULL)
			break;
		ok = visit(walk, descriptor, found->d_name, folder);
	}
	closedir(stream);
	return ok;
}

static bool is_folder(int root, const char *name)
{
	struct stat info;

	return fstatat(root, name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(info.st_mode);
}

static bool open_root(struct directory *directory, const char *path,
		      struct diag_list *diags)
{
	static const char sparse[] = ".git/info/sparse-checkout";
	struct stat info;
	struct diag *diag;

	directory->root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (directory->root < 0) {
		diag = diag_failure(diags, "snapshot-missing",
				    _("%s cannot be opened: %s"), path,
				    reason_text(errno));
		diag_help(diags, diag, "%s", _("--library names the folder"));
		return false;
	}
	if (is_folder(directory->root, "content") ||
	    is_folder(directory->root, "sites"))
		return true;
	listing_report_no_library(path,
				  fstatat(directory->root, sparse, &info,
					  AT_SYMLINK_NOFOLLOW) == 0,
				  diags);
	return false;
}

/* The stream reads through a descriptor of its own: its place is not ours. */
static bool walk_root(struct walk *walk, const struct directory *directory,
		      const char *path)
{
	struct listing_entry top = { 0 };
	int descriptor = openat(directory->root, ".", FOLDER_FLAGS);

	if (descriptor < 0)
		return report("snapshot-read", str_from_c(path), errno,
			      walk->diags);
	return walk_folder(walk, descriptor, &top);
}

static void keep_raw_paths(struct directory *directory,
			   const struct listing *listing)
{
	const struct listing_item *items = listing->items.items;
	str *paths = arena_array(listing->arena, listing->items.count,
				 sizeof(*paths));

	for (size_t i = 0; i < listing->items.count; i++)
		paths[i] = arena_copy(listing->arena, items[i].raw_path);
	directory->raw_paths = paths;
}

bool snapshot_open_directory(struct snapshot *out, const char *directory,
			     struct file_memory *memory, struct arena *arena,
			     struct diag_list *diags)
{
	struct directory *state = arena_alloc(arena, sizeof(*state));
	struct walk walk = { .diags = diags, .memory = memory };
	bool ok;

	*out = (struct snapshot){ .revision = STR("worktree"),
				  .operations = &directory_operations,
				  .state = state };
	arena_init(&walk.bytes);
	listing_init(&walk.listing, arena, diags);
	if (memory != NULL)
		file_memory_begin(memory);
	ok = open_root(state, directory, diags) &&
	     walk_root(&walk, state, directory) &&
	     listing_finish(out, &walk.listing);
	if (ok)
		keep_raw_paths(state, &walk.listing);
	else
		snapshot_close(out);
	listing_release(&walk.listing);
	arena_release(&walk.bytes);
	return ok;
}
