#include "cache/store.h"

#include <errno.h>
#include <fcntl.h>
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
};

static bool fail(struct diag_list *diags, const char *what, int error)
{
	diag_failure(diags, "record", "%s: %s", what, mdb_strerror(error));
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

/* --- opening --- */

static int open_environment(struct store *store, const char *path)
{
	int error = mdb_env_create(&store->environment);

	if (error == 0)
		error = mdb_env_set_mapsize(store->environment, STORE_MAP_SIZE);
	if (error == 0)
		error = mdb_env_open(store->environment, path, MDB_NOTLS, 0666);
	return error;
}

/* A file that was cut off would end the program when it is read. */
static bool is_whole(const struct store *store)
{
	MDB_envinfo info;
	MDB_stat status;
	struct stat file;
	int descriptor;

	return mdb_env_info(store->environment, &info) == 0 &&
	       mdb_env_stat(store->environment, &status) == 0 &&
	       mdb_env_get_fd(store->environment, &descriptor) == 0 &&
	       fstat(descriptor, &file) == 0 &&
	       (size_t)file.st_size >=
		       (info.me_last_pgno + 1) * (size_t)status.ms_psize;
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

static int try_open(struct store *store, const char *path)
{
	int error = open_environment(store, path);

	if (error == 0 && !is_whole(store))
		error = MDB_CORRUPTED;
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

static void remove_files(const char *path)
{
	static const char *const names[] = { "data.mdb", "lock.mdb" };
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (size_t i = 0; folder >= 0 && i < COUNT_OF(names); i++)
		unlinkat(folder, names[i], 0);
	if (folder >= 0)
		close(folder);
}

/* Damage of any kind: begin again. A disk that says no says it twice. */
static int open_or_renew(struct store *store, const char *path)
{
	int error = try_open(store, path);

	if (error == 0)
		return 0;
	close_all(store);
	remove_files(path);
	return try_open(store, path);
}

struct store *store_open(const char *path, struct digest version,
			 struct arena *arena, struct diag_list *diags)
{
	struct store *store = arena_alloc(arena, sizeof(*store));
	str stored;
	int error;

	if (mkdir(path, 0777) != 0 && errno != EEXIST) {
		fail(diags, _("cannot make the record of the build"), errno);
		return NULL;
	}
	error = open_or_renew(store, path);
	if (error != 0) {
		close_all(store);
		fail(diags, _("cannot open the record of the build"), error);
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
		return fail(diags, _("cannot write the record of the build"),
			    error);
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
		return fail(diags, _("cannot write the record of the build"),
			    error);
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
	       fail(diags, _("cannot write the record of the build"), error);
}

bool store_commit(struct store *store, struct diag_list *diags)
{
	int error = mdb_txn_commit(store->writing);

	store->writing = NULL;
	return error == 0 ||
	       fail(diags, _("cannot write the record of the build"), error);
}

void store_abort(struct store *store)
{
	if (store->writing != NULL)
		mdb_txn_abort(store->writing);
	store->writing = NULL;
}
