#include "cache/salvage.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lmdb.h>

#include "base/digest.h"

/* Values written before they are given to the system. */
enum { VALUES_A_TRANSACTION = 256 };

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

static bool open_both(struct copying *copying, const char *from, const char *to)
{
	return mkdir(to, 0777) == 0 && mdb_env_create(&copying->from) == 0 &&
	       mdb_env_create(&copying->to) == 0 &&
	       mdb_env_set_mapsize(copying->from, STORE_MAP_SIZE) == 0 &&
	       mdb_env_set_mapsize(copying->to, STORE_MAP_SIZE) == 0 &&
	       mdb_env_open(copying->from, from, MDB_RDONLY | MDB_NOLOCK,
			    0666) == 0 &&
	       mdb_env_open(copying->to, to, MDB_NOSYNC, 0666) == 0 &&
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

static bool copy_all(const char *from, const char *to)
{
	struct copying copying = { 0 };
	MDB_cursor *cursor;
	MDB_val key, value;
	int error;

	if (!open_both(&copying, from, to) ||
	    mdb_cursor_open(copying.reading, copying.old_values, &cursor) != 0)
		return false;
	while ((error = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0)
		if (!copy_value(&copying, &key, &value))
			return false;
	return error == MDB_NOTFOUND && mdb_txn_commit(copying.writing) == 0 &&
	       mdb_env_sync(copying.to, 1) == 0;
}

/* Dies quietly, and gives nothing back: the system does. */
static _Noreturn void be_the_child(const char *from, const char *to)
{
	const struct rlimit none = { 0, 0 };
	int silence = open("/dev/null", O_WRONLY | O_CLOEXEC);

	setrlimit(RLIMIT_CORE, &none);
	if (silence >= 0)
		dup2(silence, STDERR_FILENO);
	_exit(copy_all(from, to) ? 0 : 1);
}

bool salvage(const char *from, const char *to)
{
	pid_t child = fork();
	int status;

	if (child < 0)
		return false;
	if (child == 0)
		be_the_child(from, to);
	return waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}
