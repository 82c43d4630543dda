#include "cache/salvage.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <lmdb.h>

#include "base/digest.h"
#include "system/child.h"

/* Values written before they are given to the system. */
enum { VALUES_A_TRANSACTION = 256 };

/* A disk that is slower than this is slower than making all pages again. */
enum { SECONDS = 10, BYTES_A_MILLISECOND = 16 * 1024 };

/* What the copy may have more than the file: pages that are half full. */
enum { TIMES_AS_LARGE = 4, LARGER_BY = 16 << 20 };

struct copying {
	MDB_env *from;
	MDB_env *to;
	MDB_txn *reading;
	MDB_txn *writing;
	MDB_dbi old_values;
	MDB_dbi new_values;
	size_t count;
};

static bool is_whole(MDB_val key, MDB_val value)
{
	uint64_t check;

	if (key.mv_size != STORE_KEY_SIZE || value.mv_size < STORE_CHECK_SIZE)
		return false;
	memcpy(&check, value.mv_data, STORE_CHECK_SIZE);
	return digest_hash(
		       (str){ (const char *)value.mv_data + STORE_CHECK_SIZE,
			      value.mv_size - STORE_CHECK_SIZE }) == check;
}

const char *salvage_path(char out[STORE_PATH_SIZE], int folder)
{
	snprintf(out, STORE_PATH_SIZE, "/proc/self/fd/%d", folder);
	return out;
}

static bool open_both(struct copying *copying, const int folders[2])
{
	char from[STORE_PATH_SIZE], to[STORE_PATH_SIZE];

	return mdb_env_create(&copying->from) == 0 &&
	       mdb_env_create(&copying->to) == 0 &&
	       mdb_env_set_mapsize(copying->from, STORE_MAP_SIZE) == 0 &&
	       mdb_env_set_mapsize(copying->to, STORE_MAP_SIZE) == 0 &&
	       mdb_env_open(copying->from, salvage_path(from, folders[0]),
			    MDB_RDONLY | MDB_NOLOCK, 0666) == 0 &&
	       mdb_env_open(copying->to, salvage_path(to, folders[1]),
			    MDB_NOSYNC, 0666) == 0 &&
	       mdb_txn_begin(copying->from, NULL, MDB_RDONLY,
			     &copying->reading) == 0 &&
	       mdb_dbi_open(copying->reading, NULL, 0, &copying->old_values) ==
		       0 &&
	       mdb_txn_begin(copying->to, NULL, 0, &copying->writing) == 0 &&
	       mdb_dbi_open(copying->writing, NULL, 0, &copying->new_values) ==
		       0;
}

static bool copy_value(struct copying *copying, MDB_val *key, MDB_val *value)
{
	if (!is_whole(*key, *value))
		return true;
	if (mdb_put(copying->writing, copying->new_values, key, value, 0) != 0)
		return false;
	if (++copying->count % VALUES_A_TRANSACTION != 0)
		return true;
	return mdb_txn_commit(copying->writing) == 0 &&
	       mdb_txn_begin(copying->to, NULL, 0, &copying->writing) == 0;
}

static bool copy_all(void *context)
{
	const int *folders = context;
	struct copying copying = { 0 };
	MDB_cursor *cursor;
	MDB_val key, value;
	int error;

	if (!open_both(&copying, folders) ||
	    mdb_cursor_open(copying.reading, copying.old_values, &cursor) != 0)
		return false;
	while ((error = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0)
		if (!copy_value(&copying, &key, &value))
			return false;
	return error == MDB_NOTFOUND && mdb_txn_commit(copying.writing) == 0 &&
	       mdb_env_sync(copying.to, 1) == 0;
}

bool salvage(int from, int to)
{
	int folders[2] = { from, to };
	struct child_options options = { .job = copy_all,
					 .context = folders,
					 .descriptors = { from, to },
					 .descriptor_count = 2 };
	struct stat status;

	if (fstatat(from, "data.mdb", &status, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISREG(status.st_mode))
		return false;
	options.file_size =
		(uint64_t)status.st_size * TIMES_AS_LARGE + LARGER_BY;
	options.milliseconds =
		SECONDS * INT64_C(1000) + status.st_size / BYTES_A_MILLISECOND;
	return child_run(&options);
}
