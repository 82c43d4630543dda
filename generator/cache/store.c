#include "cache/store.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lmdb.h>

/* Address space, not memory and not disk. */
#define STORE_MAP_SIZE ((size_t)64 << 30)

enum { KEY_SIZE = 17, CHECK_SIZE = 8 };

struct store {
	MDB_env *environment;
	MDB_dbi values;
	MDB_txn *reading; /* until the end: what get gave must stay */
	MDB_txn *writing; /* between begin and commit */
	struct digest version;
	bool is_new;
	char *path;
};

static bool fail(const struct store *store, struct diag_list *diags,
		 const char *what, int error)
{
	diag_failure(diags, "record", "%s: %s: %s", what, store->path,
		     mdb_strerror(error));
	return false;
}

/* Names may be longer than LMDB's keys: a digest stands for them. */
static void make_key(unsigned char key[KEY_SIZE], char kind, str name)
{
	struct digest digest = digest_of(name);

	key[0] = (unsigned char)kind;
	memcpy(key + 1, &digest.high, 8);
	memcpy(key + 9, &digest.low, 8);
}

/* --- damage --- */

/*
 * LMDB trusts its file: one flipped bit may lead it out of the map. Beside the
 * file stands what it was after the last commit, and only exactly that is ever
 * given to LMDB.
 */
struct seal {
	uint64_t size;
	uint64_t hash;
};

enum { SEAL_FLAGS = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK };

static int open_beside(const struct store *store, const char *name, int flags)
{
	int folder = open(store->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int file = -1;

	if (folder < 0)
		return -1;
	file = openat(folder, name, flags | SEAL_FLAGS, 0666);
	close(folder);
	return file;
}

static bool seal_of(struct seal *out, int file)
{
	struct stat status;
	void *bytes;
	size_t size;

	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
	    status.st_size == 0)
		return false;
	size = (size_t)status.st_size;
	bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0);
	if (bytes == MAP_FAILED)
		return false;
	*out = (struct seal){ size, digest_hash((str){ bytes, size }) };
	munmap(bytes, size);
	return true;
}

/*
 * False when it could not be written: then the next opening begins again,
 * which costs only time.
 */
static bool write_seal(const struct store *store)
{
	int file = open_beside(store, "seal", O_WRONLY | O_CREAT);
	struct seal seal;
	int data;
	bool ok;

	if (file < 0)
		return false;
	ok = mdb_env_get_fd(store->environment, &data) == 0 &&
	     seal_of(&seal, data) &&
	     pwrite(file, &seal, sizeof(seal), 0) == (ssize_t)sizeof(seal);
	close(file);
	return ok;
}

static bool is_sealed(const struct store *store)
{
	int data = open_beside(store, "data.mdb", O_RDONLY);
	int file = open_beside(store, "seal", O_RDONLY);
	struct seal seal, now;
	bool same = data >= 0 && file >= 0 && seal_of(&now, data) &&
		    read(file, &seal, sizeof(seal)) == (ssize_t)sizeof(seal) &&
		    seal.size == now.size && seal.hash == now.hash;

	if (data >= 0)
		close(data);
	if (file >= 0)
		close(file);
	return same;
}

static int remove_one(const char *path, const struct stat *status, int flag,
		      struct FTW *place)
{
	(void)status;
	(void)flag;
	(void)place;
	return remove(path);
}

/* What is in the folder, and what is there instead of it. */
static void begin_again(const struct store *store)
{
	enum { DESCRIPTORS = 16 };

	nftw(store->path, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

/* --- opening --- */

/*
 * Only this process has the folder, so nobody else's lock can be in the file
 * of locks; one that a killed build left is not waited for.
 */
static int open_environment(struct store *store)
{
	int folder, error;

	if (mkdir(store->path, 0777) != 0 && errno != EEXIST)
		return errno;
	folder = open(store->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return errno;
	error = unlinkat(folder, "lock.mdb", 0) != 0 && errno != ENOENT ? errno
									: 0;
	close(folder);
	if (error == 0)
		error = mdb_env_create(&store->environment);
	if (error == 0)
		error = mdb_env_set_mapsize(store->environment, STORE_MAP_SIZE);
	if (error == 0)
		error = mdb_env_open(store->environment, store->path, MDB_NOTLS,
				     0666);
	return error;
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

static str get(const struct store *store, char kind, str name)
{
	unsigned char bytes[KEY_SIZE];
	MDB_val key = { KEY_SIZE, bytes };
	MDB_val value;
	uint64_t check;
	str text;

	make_key(bytes, kind, name);
	if (mdb_get(store->reading, store->values, &key, &value) != 0 ||
	    value.mv_size < CHECK_SIZE)
		return STR("");
	memcpy(&check, value.mv_data, CHECK_SIZE);
	text = (str){ (const char *)value.mv_data + CHECK_SIZE,
		      value.mv_size - CHECK_SIZE };
	return digest_hash(text) == check ? text : STR("");
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

/* A disk that says no says it twice. */
static int open_or_renew(struct store *store)
{
	if (is_sealed(store)) {
		if (try_open(store) == 0)
			return 0;
		close_all(store);
	}
	begin_again(store);
	return try_open(store);
}

struct store *store_open(const char *path, struct digest version,
			 struct arena *arena, struct diag_list *diags)
{
	struct store *store = arena_alloc(arena, sizeof(*store));
	str stored;
	int error;

	store->path = arena_c_string(arena, str_from_c(path));
	error = open_or_renew(store);
	if (error != 0) {
		close_all(store);
		fail(store, diags, _("cannot open the record of the build"),
		     error);
		return NULL;
	}
	store->version = version;
	stored = get(store, 'v', STR("version"));
	store->is_new = stored.len != sizeof(version) ||
			memcmp(stored.data, &version, sizeof(version)) != 0;
	return store;
}

void store_close(struct store *store)
{
	close_all(store);
}

/* --- reading and writing --- */

str store_get(const struct store *store, char kind, str name)
{
	return store->is_new ? STR("") : get(store, kind, name);
}

bool store_is_new(const struct store *store)
{
	return store->is_new;
}

static bool put(struct store *store, char kind, str name, str value,
		struct diag_list *diags)
{
	unsigned char bytes[KEY_SIZE];
	MDB_val key = { KEY_SIZE, bytes };
	MDB_val room = { value.len + CHECK_SIZE, NULL };
	uint64_t check = digest_hash(value);
	int error;

	make_key(bytes, kind, name);
	error = mdb_put(store->writing, store->values, &key, &room,
			MDB_RESERVE);
	if (error != 0)
		return fail(store, diags,
			    _("cannot write the record of the build"), error);
	memcpy(room.mv_data, &check, CHECK_SIZE);
	if (value.len > 0)
		memcpy((char *)room.mv_data + CHECK_SIZE, value.data,
		       value.len);
	return true;
}

/* The first write to a store of another version empties it. */
bool store_begin(struct store *store, struct diag_list *diags)
{
	str version = { (const char *)&store->version, sizeof(store->version) };
	int error = mdb_txn_begin(store->environment, NULL, 0, &store->writing);

	if (error == 0 && store->is_new)
		error = mdb_drop(store->writing, store->values, 0);
	if (error != 0) {
		store_abort(store);
		return fail(store, diags,
			    _("cannot write the record of the build"), error);
	}
	return !store->is_new ||
	       put(store, 'v', STR("version"), version, diags);
}

bool store_put(struct store *store, char kind, str name, str value,
	       struct diag_list *diags)
{
	return put(store, kind, name, value, diags);
}

bool store_remove(struct store *store, char kind, str name,
		  struct diag_list *diags)
{
	unsigned char bytes[KEY_SIZE];
	MDB_val key = { KEY_SIZE, bytes };
	int error;

	make_key(bytes, kind, name);
	error = mdb_del(store->writing, store->values, &key, NULL);
	return error == 0 || error == MDB_NOTFOUND ||
	       fail(store, diags, _("cannot write the record of the build"),
		    error);
}

bool store_commit(struct store *store, struct diag_list *diags)
{
	int error = mdb_txn_commit(store->writing);

	store->writing = NULL;
	if (error == 0)
		write_seal(store);
	return error == 0 ||
	       fail(store, diags, _("cannot write the record of the build"),
		    error);
}

void store_abort(struct store *store)
{
	if (store->writing != NULL)
		mdb_txn_abort(store->writing);
	store->writing = NULL;
}
