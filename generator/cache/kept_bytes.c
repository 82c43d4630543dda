/*
 * A log with an index: what is put goes to the end, and nothing is written over
 * before it is settled, so the index of the last build stays right whatever
 * becomes of this one. The index is not believed: each item begins with its
 * name, key and checksum.
 */
#include "cache/kept_bytes.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/pack.h"

/* A place of the index; as the index has it, too. */
struct kept_item {
	uint64_t name; /* 0: nobody's */
	uint64_t offset;
	uint32_t length;    /* with the head */
	uint32_t is_wanted; /* of no meaning in an index */
};

/* Before each item: what it is, so that the index need not be believed. */
struct head {
	struct digest key;
	uint64_t name;
	uint64_t length; /* without the head */
	uint64_t check;
};

struct kept_bytes {
	int folder; /* borrowed */
	const char *name;
	int file;
	pthread_mutex_t lock;	  /* of all below */
	struct kept_item *places; /* by name, each behind its own or later */
	size_t capacity;	  /* a power of two */
	size_t count;
	uint64_t end;  /* of the file */
	uint64_t live; /* of it, what the places lead to */
	bool has_changed;
	bool is_full; /* something found no room */
};

enum { FILE_FLAGS = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC };

/* A second name of the file may lie where nothing of ours may be written. */
static bool is_ours(int file)
{
	struct stat status;

	return fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
	       status.st_nlink == 1;
}

static int open_file(int folder, const char *name)
{
	int file = openat(folder, name, FILE_FLAGS, 0600);

	if (file >= 0 && is_ours(file))
		return file;
	if (file >= 0)
		close(file);
	unlinkat(folder, name, 0);
	return openat(folder, name, FILE_FLAGS | O_EXCL, 0600);
}

/* The name's place, or the empty one where it would stand. */
static struct kept_item *find(const struct kept_bytes *kept, uint64_t name)
{
	size_t at = (size_t)name & (kept->capacity - 1);

	while (kept->places[at].name != 0 && kept->places[at].name != name)
		at = (at + 1) & (kept->capacity - 1);
	return &kept->places[at];
}

static bool has_room(const struct kept_bytes *kept)
{
	return kept->count < kept->capacity / 8 * 7;
}

/* Where an index leads is looked at: it may be of another file. */
static void read_index(struct kept_bytes *kept, str index, uint64_t size)
{
	struct kept_item row;

	while (unpack_bytes(&row, sizeof(row), &index)) {
		struct kept_item *place = find(kept, row.name);

		if (row.name == 0 || place->name != 0 || !has_room(kept) ||
		    row.length <= sizeof(struct head) || row.length > size ||
		    row.offset > size - row.length)
			continue;
		row.is_wanted = 0;
		*place = row;
		kept->count++;
		kept->live += row.length;
		if (row.offset + row.length > kept->end)
			kept->end = row.offset + row.length;
	}
}

static size_t capacity_for(size_t names)
{
	size_t capacity = 1024;

	while (capacity / 8 * 7 < names)
		capacity *= 2;
	return capacity;
}

struct kept_bytes *kept_bytes_open(int folder, const char *name, str index,
				   size_t expected, struct arena *arena)
{
	struct kept_bytes *kept;
	struct stat status;
	int file = open_file(folder, name);

	if (file < 0)
		return NULL;
	if (fstat(file, &status) != 0) {
		close(file);
		return NULL;
	}
	expected += index.len / sizeof(struct kept_item);
	if (expected > KEPT_BYTES_NAMES)
		expected = KEPT_BYTES_NAMES;
	kept = arena_alloc(arena, sizeof(*kept));
	kept->folder = folder;
	kept->name = name;
	kept->file = file;
	kept->capacity = capacity_for(expected);
	kept->places =
		arena_array(arena, kept->capacity, sizeof(*kept->places));
	pthread_mutex_init(&kept->lock, NULL);
	read_index(kept, index, (uint64_t)status.st_size);
	/* of a build that was killed; where it stays it takes only room */
	if ((uint64_t)status.st_size > kept->end &&
	    ftruncate(file, (off_t)kept->end) != 0)
		return kept;
	return kept;
}

void kept_bytes_close(struct kept_bytes *kept)
{
	pthread_mutex_destroy(&kept->lock);
	close(kept->file);
}

void kept_bytes_remove(int folder, const char *name)
{
	unlinkat(folder, name, 0);
}

/* --- reading --- */

static uint64_t name_of(uint64_t name)
{
	return name == 0 ? 1 : name;
}

static bool is_whole(const struct head *head, str bytes, uint64_t name,
		     struct digest key)
{
	return head->name == name && digest_equal(head->key, key) &&
	       head->length == bytes.len && head->check == digest_hash(bytes);
}

bool kept_bytes_get(str *out, struct kept_bytes *kept, uint64_t name,
		    struct digest key, struct arena *arena)
{
	struct kept_item place;
	struct head head;
	char *data;

	name = name_of(name);
	pthread_mutex_lock(&kept->lock);
	place = *find(kept, name);
	pthread_mutex_unlock(&kept->lock);
	if (place.name == 0 || place.length > KEPT_BYTES_ITEM)
		return false;
	data = arena_raw(arena, (size_t)place.length);
	if (pread(kept->file, data, (size_t)place.length,
		  (off_t)place.offset) != (ssize_t)place.length)
		return false;
	memcpy(&head, data, sizeof(head));
	*out = (str){ data + sizeof(head),
		      (size_t)place.length - sizeof(head) };
	return is_whole(&head, *out, name, key);
}

/* --- writing --- */

/* False when it would be more than may be kept. */
static bool claim(uint64_t *offset, struct kept_bytes *kept, uint64_t name,
		  size_t length)
{
	struct kept_item *place = find(kept, name);
	uint64_t live = kept->live + length;

	if (place->name == name)
		live -= place->length;
	if ((place->name == 0 && !has_room(kept)) || live > KEPT_BYTES_LIMIT ||
	    kept->end + length > 2 * (uint64_t)KEPT_BYTES_LIMIT) {
		kept->is_full = true;
		return false;
	}
	*offset = kept->end;
	kept->end += length;
	return true;
}

/* It is there for others when all of it is written. */
static void settle_place(struct kept_bytes *kept, struct kept_item row)
{
	struct kept_item *place = find(kept, row.name);

	if (place->name == 0 && !has_room(kept))
		return;
	kept->count += place->name == 0;
	kept->live += row.length - place->length;
	kept->has_changed = true;
	*place = row;
}

bool kept_bytes_put(struct kept_bytes *kept, uint64_t name, struct digest key,
		    str bytes)
{
	const struct head head = { key, name_of(name), bytes.len,
				   digest_hash(bytes) };
	struct kept_item row = { .name = head.name };
	const struct iovec parts[] = {
		{ (void *)(uintptr_t)&head, sizeof(head) },
		{ (void *)(uintptr_t)bytes.data, bytes.len },
	};
	bool ok;

	if (bytes.len > KEPT_BYTES_ITEM - sizeof(head))
		return false;
	row.length = (uint32_t)(sizeof(head) + bytes.len);
	pthread_mutex_lock(&kept->lock);
	ok = claim(&row.offset, kept, row.name, (size_t)row.length);
	pthread_mutex_unlock(&kept->lock);
	if (!ok || pwritev(kept->file, parts, 2, (off_t)row.offset) !=
			   (ssize_t)row.length)
		return false;
	pthread_mutex_lock(&kept->lock);
	settle_place(kept, row);
	pthread_mutex_unlock(&kept->lock);
	return true;
}

/* --- the next build --- */

bool kept_bytes_has_changed(const struct kept_bytes *kept)
{
	return kept->has_changed;
}

bool kept_bytes_is_due(const struct kept_bytes *kept)
{
	enum { SPARE = 1 << 20 };

	return kept->is_full || kept->end > KEPT_BYTES_LIMIT ||
	       kept->end > kept->live + kept->live / 2 + SPARE;
}

void kept_bytes_want(struct kept_bytes *kept, uint64_t name)
{
	struct kept_item *place = find(kept, name_of(name));

	if (place->name != 0)
		place->is_wanted = 1;
}

static int compare_offsets(const void *left, const void *right)
{
	const struct kept_item *a = left;
	const struct kept_item *b = right;

	return (a->offset > b->offset) - (a->offset < b->offset);
}

/* In the order of the file, so that it is read from front to back. */
static size_t take_wanted(struct kept_item *out, struct kept_bytes *kept)
{
	size_t count = 0;

	for (size_t i = 0; i < kept->capacity; i++) {
		if (kept->places[i].is_wanted)
			out[count++] = kept->places[i];
		kept->places[i] = (struct kept_item){ 0 };
	}
	if (count > 0)
		qsort(out, count, sizeof(*out), compare_offsets);
	kept->count = 0;
	kept->end = 0;
	kept->live = 0;
	return count;
}

static void move(struct kept_bytes *kept, int to, struct kept_item place,
		 struct arena *scratch)
{
	size_t length = place.length;
	char *data = arena_raw(scratch, length);
	struct kept_item *now = find(kept, place.name);

	if (pread(kept->file, data, length, (off_t)place.offset) !=
		    (ssize_t)length ||
	    pwrite(to, data, length, (off_t)kept->end) != (ssize_t)length)
		return;
	*now = (struct kept_item){ place.name, kept->end, place.length, 0 };
	kept->count++;
	kept->end += length;
	kept->live += length;
}

static void move_wanted(struct kept_bytes *kept, int to)
{
	struct arena arena, scratch;
	struct kept_item *wanted;
	size_t count;

	arena_init(&arena);
	arena_init(&scratch);
	wanted = arena_raw_array(&arena, kept->count, sizeof(*wanted));
	count = take_wanted(wanted, kept);
	for (size_t i = 0; i < count; i++) {
		move(kept, to, wanted[i], &scratch);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	arena_release(&arena);
}

/* Without its new file the old one stays, in which places lead nowhere then. */
void kept_bytes_settle(struct kept_bytes *kept)
{
	static const char fresh[] = "bodies.new";
	int file;

	unlinkat(kept->folder, fresh, 0);
	file = openat(kept->folder, fresh, FILE_FLAGS | O_EXCL, 0600);
	if (file < 0)
		return;
	move_wanted(kept, file);
	kept->has_changed = true;
	if (renameat(kept->folder, fresh, kept->folder, kept->name) != 0)
		unlinkat(kept->folder, fresh, 0);
	close(kept->file);
	kept->file = file;
}

str kept_bytes_index(struct kept_bytes *kept)
{
	size_t count = 0;

	for (size_t i = 0; i < kept->capacity; i++)
		if (kept->places[i].name != 0)
			kept->places[count++] = kept->places[i];
	return (str){ (const char *)kept->places,
		      count * sizeof(*kept->places) };
}

uint64_t kept_bytes_size(const struct kept_bytes *kept)
{
	return kept->end;
}
