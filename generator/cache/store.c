/*
 * LMDB trusts its file, and one flipped bit may lead it out of its map. So
 * every value has a checksum, and beside the file lies a seal: what the system
 * said of the file (inode, size, times) when the last build closed it.
 *
 * The seal is gone from the disk before the file changes, and is back when all
 * is there; a file without it is copied value by value by a child process
 * (cache/salvage.c). Within a build the pieces are not synced: until the last
 * commit the head of what they belong to is missing, and nobody believes them.
 */
#include "cache/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lmdb.h>

#include "cache/salvage.h"
#include "system/mapping.h"
#include "system/reason.h"
#include "system/sweep.h"

/* Bytes put before they are given to the system: LMDB keeps them until then. */
enum { FLUSH_SIZE = 4 << 20 };

struct store {
	int parent; /* the folder that has the store's; borrowed */
	int folder; /* the store's own, or -1 */
	const char *name;
	MDB_env *environment;
	MDB_dbi values;
	MDB_txn *reading; /* until the end: what get gave must stay */
	MDB_txn *writing; /* between begin and commit */
	size_t unflushed; /* bytes */
	struct digest version;
	bool is_new;
	bool is_intact; /* it had its seal when it was opened */
	bool is_sealed; /* the seal is on the disk */
	bool is_saved;	/* what could be saved, and nothing since */
	bool is_whole;	/* what was begun was committed */
};

static bool fail(const struct store *store, struct diag_list *diags,
		 const char *what, int error)
{
	struct diag *diag = diag_failure(
		diags, "record", "%s: %s: %s", what, store->name,
		error > 0 ? reason_text(error) : mdb_strerror(error));

	diag_help(diags, diag, "%s",
		  _("remove the folder .jiyue/record if this comes again: "
		    "it costs the time of one whole build"));
	reason_explain(diags, diag, error);
	return false;
}

/* Names may be longer than LMDB's keys: a digest stands for them. */
static void make_key(unsigned char key[STORE_KEY_SIZE], char kind, str name)
{
	struct digest digest = digest_of(name);

	key[0] = (unsigned char)kind;
	memcpy(key + 1, &digest.high, 8);
	memcpy(key + 9, &digest.low, 8);
}

/* --- whose file it is --- */

/*
 * LMDB trusts its file: one flipped bit may lead it out of the map. Beside the
 * file stands what the system said of it after the last commit, and only
 * exactly that is given to LMDB. While values are written there is no seal. A
 * file without its seal (copied, unpacked from an archive, damaged, of a build
 * that was killed) is salvaged value by value.
 */
struct seal {
	uint64_t device;
	uint64_t number;
	int64_t size;
	int64_t changed[4]; /* mtime and ctime: seconds, nanoseconds */
	uint64_t is_saved;  /* 1: salvaged; the files beside it may be older */
};

enum {
	FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
	FILE_FLAGS = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
};

/* A second name of the file may lie where nothing of ours may be written. */
static bool seal_of(struct seal *out, int file)
{
	struct stat status;

	*out = (struct seal){ 0 };
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
	    status.st_size == 0 || status.st_nlink != 1)
		return false;
	out->device = status.st_dev;
	out->number = status.st_ino;
	out->size = status.st_size;
	out->changed[0] = status.st_mtim.tv_sec;
	out->changed[1] = status.st_mtim.tv_nsec;
	out->changed[2] = status.st_ctim.tv_sec;
	out->changed[3] = status.st_ctim.tv_nsec;
	return true;
}

/* False when it could not be written, which costs only time. */
static bool write_seal(const struct store *store)
{
	struct seal seal;
	int data, file;
	bool ok;

	if (unlinkat(store->folder, "seal", 0) != 0 && errno != ENOENT)
		return false;
	file = openat(store->folder, "seal",
		      FILE_FLAGS | O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (file < 0)
		return false;
	ok = mdb_env_get_fd(store->environment, &data) == 0 &&
	     seal_of(&seal, data);
	seal.is_saved = store->is_saved;
	ok = ok &&
	     pwrite(file, &seal, sizeof(seal), 0) == (ssize_t)sizeof(seal);
	close(file);
	return ok;
}

/* Whether the seal fits: 0, or the error of the call that could not tell. */
static int read_seal(struct store *store)
{
	int file = openat(store->folder, "seal", O_RDONLY | FILE_FLAGS);
	int data = file < 0 ? -1
			    : openat(store->folder, "data.mdb",
				     O_RDONLY | FILE_FLAGS);
	int error = data < 0 ? errno : 0;
	struct seal seal, now;

	if (data >= 0 &&
	    read(file, &seal, sizeof(seal)) == (ssize_t)sizeof(seal) &&
	    seal_of(&now, data)) {
		store->is_saved = seal.is_saved != 0;
		now.is_saved = seal.is_saved;
		store->is_sealed = memcmp(&seal, &now, sizeof(seal)) == 0;
	}
	if (data >= 0)
		close(data);
	if (file >= 0)
		close(file);
	return error;
}

/* Gone from the disk before the file changes. */
static int break_seal(const struct store *store)
{
	if (unlinkat(store->folder, "seal", 0) != 0)
		return errno == ENOENT ? 0 : errno;
	return fsync(store->folder) == 0 ? 0 : errno;
}

/* --- the folder --- */

static int open_folder(int parent, const char *name)
{
	if (mkdirat(parent, name, 0777) != 0 && errno != EEXIST)
		return -1;
	return openat(parent, name, FOLDER_FLAGS);
}

static void close_folder(struct store *store)
{
	if (store->folder >= 0)
		close(store->folder);
	store->folder = -1;
}

/* What a pipe or a device would give is never waited for. */
static bool has_data(const struct store *store)
{
	struct stat status;

	return store->folder >= 0 &&
	       fstatat(store->folder, "data.mdb", &status,
		       AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(status.st_mode);
}

/* Copies what can be saved to the folder `copy` beside the store's. */
static bool save(const struct store *store, const char *copy)
{
	int to;
	bool ok;

	if (!has_data(store) || mkdirat(store->parent, copy, 0777) != 0)
		return false;
	to = openat(store->parent, copy, FOLDER_FLAGS);
	ok = to >= 0 && salvage(store->folder, to);
	if (to >= 0)
		close(to);
	return ok;
}

/*
 * The store as new, with what could be saved of the old one. A link that
 * stands in its place is removed, and what it leads to is not touched.
 */
static int begin_again(struct store *store, struct arena *arena)
{
	str copy = arena_printf(arena, "%s.salvage", store->name);
	bool saved;

	if (!sweep_remove(store->parent, copy.data))
		return errno;
	saved = save(store, copy.data);
	close_folder(store);
	if (!sweep_remove(store->parent, store->name))
		return errno;
	if ((!saved || renameat(store->parent, copy.data, store->parent,
				store->name) != 0) &&
	    !sweep_remove(store->parent, copy.data))
		return errno;
	store->folder = open_folder(store->parent, store->name);
	return store->folder < 0 ? errno : 0;
}

/* --- opening --- */

/* LMDB opened the file by its name: it must be the one that lies there. */
static bool is_own_file(const struct store *store)
{
	struct stat opened, found;
	int data;

	return mdb_env_get_fd(store->environment, &data) == 0 &&
	       fstat(data, &opened) == 0 &&
	       fstatat(store->folder, "data.mdb", &found,
		       AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(opened.st_mode) && opened.st_dev == found.st_dev &&
	       opened.st_ino == found.st_ino;
}

/*
 * Only this process has the folder, so nobody else's lock can be in the file
 * of locks; one that a killed build left is not waited for. LMDB knows folders
 * by their paths alone: that of the descriptor follows no link.
 */
static int open_environment(struct store *store)
{
	char path[STORE_PATH_SIZE];
	int error = 0;

	if (unlinkat(store->folder, "lock.mdb", 0) != 0 && errno != ENOENT)
		return errno;
	error = mdb_env_create(&store->environment);
	if (error == 0)
		error = mdb_env_set_mapsize(store->environment, STORE_MAP_SIZE);
	if (error == 0)
		error = mdb_env_open(store->environment,
				     salvage_path(path, store->folder),
				     MDB_NOTLS, 0666);
	return error == 0 && !is_own_file(store) ? ELOOP : error;
}

static int open_values(struct store *store)
{
	MDB_txn *making = NULL;
	int error = mdb_txn_begin(store->environment, NULL, 0, &making);

	if (error != 0)
		return error;
	error = mdb_dbi_open(making, NULL, 0, &store->values);
	if (error != 0) {
		mdb_txn_abort(making);
		return error;
	}
	return mdb_txn_commit(making);
}

static str map(const struct store *store, char kind, str name)
{
	unsigned char bytes[STORE_KEY_SIZE];
	MDB_val key = { STORE_KEY_SIZE, bytes };
	MDB_val value;

	make_key(bytes, kind, name);
	if (mdb_get(store->reading, store->values, &key, &value) != 0 ||
	    value.mv_size < STORE_CHECK_SIZE)
		return STR("");
	return (str){ (const char *)value.mv_data + STORE_CHECK_SIZE,
		      value.mv_size - STORE_CHECK_SIZE };
}

bool store_is_whole(str value)
{
	uint64_t check;

	if (value.len == 0)
		return true;
	memcpy(&check, value.data - STORE_CHECK_SIZE, STORE_CHECK_SIZE);
	return digest_hash(value) == check;
}

static str get(const struct store *store, char kind, str name)
{
	str text = map(store, kind, name);

	return store_is_whole(text) ? text : STR("");
}

static int try_open(struct store *store)
{
	int error = open_environment(store);

	if (error == 0)
		error = open_values(store);
	if (error == 0)
		error = mdb_txn_begin(store->environment, NULL, MDB_RDONLY,
				      &store->reading);
	return error;
}

static void close_all(struct store *store)
{
	if (store->writing != NULL)
		mdb_txn_abort(store->writing);
	if (store->reading != NULL)
		mdb_txn_abort(store->reading);
	if (store->environment != NULL)
		mdb_env_close(store->environment);
	store->writing = NULL;
	store->reading = NULL;
	store->environment = NULL;
}

/*
 * Whether the error speaks of the machine as it is now and not of the file:
 * the same file may open well a moment later, so it is not thrown away.
 */
static bool is_passing(int error)
{
	static const int passing[] = { EACCES, EAGAIN, EDQUOT, EINTR,
				       EIO,    EMFILE, ENFILE, ENOMEM,
				       ENOSPC, EPERM,  EROFS };

	for (size_t i = 0; i < COUNT_OF(passing); i++)
		if (error == passing[i])
			return true;
	return false;
}

/*
 * Opens a store that has its seal. An error only when nothing is known of it;
 * else is_sealed says whether it is open.
 */
static int open_sealed(struct store *store)
{
	int error = store->folder < 0 ? errno : read_seal(store);

	if (store->is_sealed) {
		error = try_open(store);
		store->is_sealed = error == 0;
		store->is_intact = error == 0 && !store->is_saved;
		if (error != 0)
			close_all(store);
	}
	return is_passing(error) ? error : 0;
}

/*
 * A sealed store is opened as it is; any other, and one that LMDB refuses, is
 * begun again with what can be saved, and has a seal that says so: it is not
 * saved once more by each who looks at it. When the disk refuses both, the
 * second error is the one to report.
 */
static int open_or_renew(struct store *store, struct arena *arena)
{
	int error;

	store->is_whole = true;
	store->folder = open_folder(store->parent, store->name);
	error = open_sealed(store);
	if (error != 0 || store->is_sealed)
		return error;
	store->is_saved = true;
	error = begin_again(store, arena);
	return error == 0 ? try_open(store) : error;
}

struct store *store_open(int parent, const char *name, struct digest version,
			 struct arena *arena, struct diag_list *diags)
{
	struct store *store = arena_alloc(arena, sizeof(*store));
	str stored;
	int error;

	store->parent = parent;
	store->name = arena_c_string(arena, str_from_c(name));
	error = open_or_renew(store, arena);
	if (error != 0) {
		close_all(store);
		close_folder(store);
		fail(store, diags, _("cannot open the record of the build"),
		     error);
		return NULL;
	}
	store->version = version;
	stored = get(store, STORE_VERSION, STR("version"));
	store->is_new = stored.len != sizeof(version) ||
			memcmp(stored.data, &version, sizeof(version)) != 0;
	return store;
}

void store_close(struct store *store)
{
	if (store->is_whole && !store->is_sealed)
		write_seal(store);
	close_all(store);
	close_folder(store);
}

/* --- reading and writing --- */

str store_get(const struct store *store, char kind, str name)
{
	return store->is_new ? STR("") : get(store, kind, name);
}

str store_map(const struct store *store, char kind, str name)
{
	return store->is_new ? STR("") : map(store, kind, name);
}

bool store_is_new(const struct store *store)
{
	return store->is_new;
}

bool store_is_intact(const struct store *store)
{
	return store->is_intact;
}

static bool fail_writing(struct store *store, struct diag_list *diags,
			 int error)
{
	return fail(store, diags, _("cannot write the record of the build"),
		    error);
}

/*
 * What was written is not wanted in memory, and what was looked up to write it
 * took 64 KiB around each place. LMDB does not tell where its map is.
 */
static void forget_pages(const struct store *store)
{
	mdb_filehandle_t file;

	if (mdb_env_get_fd(store->environment, &file) == 0)
		mapping_forget(file, STORE_MAP_SIZE);
}

/*
 * The system has them then, but not yet the disk: nothing is sealed before it
 * has all.
 */
static int flush(struct store *store)
{
	int error = mdb_env_set_flags(store->environment, MDB_NOSYNC, 1);

	if (error == 0) {
		error = mdb_txn_commit(store->writing);
		store->writing = NULL;
	}
	if (error == 0)
		error = mdb_env_set_flags(store->environment, MDB_NOSYNC, 0);
	if (error == 0)
		error = mdb_txn_begin(store->environment, NULL, 0,
				      &store->writing);
	store->unflushed = 0;
	forget_pages(store);
	return error;
}

static bool put(struct store *store, char kind, str name, str value,
		struct diag_list *diags)
{
	unsigned char bytes[STORE_KEY_SIZE];
	MDB_val key = { STORE_KEY_SIZE, bytes };
	MDB_val room = { value.len + STORE_CHECK_SIZE, NULL };
	uint64_t check = digest_hash(value);
	int error;

	make_key(bytes, kind, name);
	error = mdb_put(store->writing, store->values, &key, &room,
			MDB_RESERVE);
	if (error != 0)
		return fail_writing(store, diags, error);
	memcpy(room.mv_data, &check, STORE_CHECK_SIZE);
	if (value.len > 0)
		memcpy((char *)room.mv_data + STORE_CHECK_SIZE, value.data,
		       value.len);
	store->unflushed += value.len;
	if (store->unflushed < FLUSH_SIZE)
		return true;
	error = flush(store);
	return error == 0 || fail_writing(store, diags, error);
}

/* The first write to a store of another version empties it. */
bool store_begin(struct store *store, struct diag_list *diags)
{
	str version = { (const char *)&store->version, sizeof(store->version) };
	int error = store->is_sealed ? break_seal(store) : 0;

	store->is_sealed &= error != 0;
	store->is_whole = false;
	if (error == 0)
		error = mdb_txn_begin(store->environment, NULL, 0,
				      &store->writing);
	if (error == 0 && store->is_new)
		error = mdb_drop(store->writing, store->values, 0);
	if (error != 0) {
		store_abort(store);
		return fail_writing(store, diags, error);
	}
	return !store->is_new ||
	       put(store, STORE_VERSION, STR("version"), version, diags);
}

static bool has(const struct store *store, char kind, str name, str value)
{
	unsigned char bytes[STORE_KEY_SIZE];
	MDB_val key = { STORE_KEY_SIZE, bytes };
	MDB_val found;

	make_key(bytes, kind, name);
	return mdb_get(store->writing, store->values, &key, &found) == 0 &&
	       found.mv_size == value.len + STORE_CHECK_SIZE &&
	       (value.len == 0 ||
		memcmp((const char *)found.mv_data + STORE_CHECK_SIZE,
		       value.data, value.len) == 0);
}

/* A value that stands there already is not written again. */
bool store_put(struct store *store, char kind, str name, str value,
	       struct diag_list *diags)
{
	return has(store, kind, name, value) ||
	       put(store, kind, name, value, diags);
}

bool store_remove(struct store *store, char kind, str name,
		  struct diag_list *diags)
{
	unsigned char bytes[STORE_KEY_SIZE];
	MDB_val key = { STORE_KEY_SIZE, bytes };
	int error;

	make_key(bytes, kind, name);
	error = mdb_del(store->writing, store->values, &key, NULL);
	return error == 0 || error == MDB_NOTFOUND ||
	       fail_writing(store, diags, error);
}

bool store_keep(struct store *store, char kind, str name, str value,
		struct diag_list *diags)
{
	return value.len > 0 ? store_put(store, kind, name, value, diags)
			     : store_remove(store, kind, name, diags);
}

bool store_damaged(struct diag_list *diags)
{
	diag_failure(diags, "record", "%s",
		     _("the record of the build is damaged"));
	return false;
}

bool store_commit(struct store *store, struct diag_list *diags)
{
	int error = mdb_txn_commit(store->writing);

	store->writing = NULL;
	store->unflushed = 0;
	store->is_whole = error == 0;
	store->is_saved &= error != 0;
	return error == 0 || fail_writing(store, diags, error);
}

void store_abort(struct store *store)
{
	if (store->writing != NULL)
		mdb_txn_abort(store->writing);
	store->writing = NULL;
}
