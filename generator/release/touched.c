/*
 * A look at every name is the dearest part of a small release, so threads
 * share the folders of the sites.
 */
#include "release/touched.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/folder.h"
#include "system/sweep.h"
#include "system/workers.h"

enum { MILLISECOND = 1000 * 1000, TICKS = 50 };

static bool is_before(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec
				    : a.tv_nsec < b.tv_nsec;
}

/* What the file system would note of a file that is changed now. */
static bool file_clock(struct timespec *out, const struct releases *releases,
		       struct diag_list *diags)
{
	struct stat status;

	if (!sweep_remove(releases->staging, "now") ||
	    !folder_write(releases->staging, "now", STR("")) ||
	    fstatat(releases->staging, "now", &status, AT_SYMLINK_NOFOLLOW) !=
		    0) {
		claim_fail(diags, _("cannot write"), STR("now"));
		return false;
	}
	*out = status.st_ctim;
	return true;
}

/*
 * That clock goes in steps of some milliseconds. Where its steps are longer
 * than anybody would wait, what was written in this one is read next time.
 */
bool touched_begin(struct releases *releases, struct diag_list *diags)
{
	const struct timespec tick = { .tv_nsec = MILLISECOND };
	struct timespec first;

	if (!file_clock(&first, releases, diags))
		return false;
	releases->untouched = first;
	for (int i = 0; i < TICKS && !is_before(first, releases->untouched);
	     i++) {
		nanosleep(&tick, NULL);
		if (!file_clock(&releases->untouched, releases, diags))
			return false;
	}
	return true;
}

static str note_name(const struct releases *releases, int tree)
{
	return arena_printf(releases->arena, "%s-untouched",
			    releases_tree_name(tree));
}

bool touched_note(const struct releases *releases, int tree,
		  struct diag_list *diags)
{
	struct buf text;

	buf_init(&text, releases->arena);
	buf_add_number(&text, releases->trees[tree].release, 1);
	buf_add_byte(&text, ' ');
	buf_add_number(&text, (uint64_t)releases->untouched.tv_sec, 1);
	buf_add_byte(&text, ' ');
	buf_add_number(&text, (uint64_t)releases->untouched.tv_nsec, 1);
	buf_add_byte(&text, '\n');
	return releases_put(releases, releases->claim.state,
			    note_name(releases, tree).data, buf_str(&text),
			    diags);
}

/* False: it is not known of the release that the tree is. */
static bool read_note(struct timespec *out, const struct releases *releases,
		      int tree)
{
	uint64_t numbers[3];
	size_t count = 0;
	str text, word;

	if (!folder_read(&text, releases->claim.state,
			 note_name(releases, tree).data, releases->arena))
		return false;
	text = str_trim(text);
	while (count < COUNT_OF(numbers) && str_split_next(&text, ' ', &word))
		if (!str_to_u64(&numbers[count++], word))
			return false;
	*out = (struct timespec){ .tv_sec = (time_t)numbers[1],
				  .tv_nsec = (long)numbers[2] };
	return count == COUNT_OF(numbers) &&
	       numbers[0] == releases->trees[tree].release;
}

/* --- the walk --- */

/* A folder of a document root: what one thread looks at. */
struct part {
	const char *site;
	const char *name;
	bool is_touched;
	int error; /* errno; 0: it was read */
};

struct looking {
	const struct releases *releases;
	struct timespec since;
	int root; /* of the tree */
	struct list parts;
};

/* What stands in a folder; a touched one ends the walk. */
struct walk {
	struct timespec since;
	bool is_touched;
	struct looking *looking; /* folders are noted for threads; or NULL */
	const char *site; /* whose; NULL: the folders are those of sites */
};

static bool walk_below(struct walk *walk, int parent, const char *name,
		       size_t depth);

static void note_part(struct walk *walk, const char *name)
{
	struct arena *arena = walk->looking->releases->arena;

	*(struct part *)list_add(&walk->looking->parts, arena) = (struct part){
		.site = walk->site,
		.name = arena_copy(arena, str_from_c(name)).data,
	};
}

static bool walk_folder(struct walk *walk, int folder, const char *name,
			size_t depth)
{
	struct walk below = *walk;
	bool ok;

	if (walk->looking == NULL || depth == 0)
		return walk_below(walk, folder, name, depth + 1);
	if (walk->site != NULL) {
		note_part(walk, name);
		return true;
	}
	below.site =
		arena_copy(walk->looking->releases->arena, str_from_c(name))
			.data;
	ok = walk_below(&below, folder, name, depth + 1);
	walk->is_touched = below.is_touched;
	return ok;
}

static bool walk_entry(struct walk *walk, int folder, const char *name,
		       size_t depth)
{
	struct stat status;

	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	walk->is_touched = !is_before(status.st_ctim, walk->since);
	return walk->is_touched || !S_ISDIR(status.st_mode) ||
	       walk_folder(walk, folder, name, depth);
}

/* False: errno says why it cannot be read. */
static bool walk_below(struct walk *walk, int parent, const char *name,
		       size_t depth)
{
	int folder = openat(parent, name,
			    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *entries = folder < 0 ? NULL : fdopendir(folder);
	struct dirent *entry;
	bool ok = true;
	int reason;

	if (entries == NULL) {
		reason = errno;
		if (folder >= 0)
			close(folder);
		errno = reason;
		return false;
	}
	walk->is_touched = depth > FOLDER_DEPTH_LIMIT;
	errno = 0;
	while (ok && !walk->is_touched && (entry = readdir(entries)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			ok = walk_entry(walk, folder, entry->d_name, depth);
	reason = errno;
	closedir(entries);
	errno = reason;
	return ok;
}

static void look_at_part(void *context, size_t worker, size_t item)
{
	struct looking *looking = context;
	struct part *part = &((struct part *)looking->parts.items)[item];
	struct walk walk = { .since = looking->since };
	int site = openat(looking->root, part->site,
			  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	(void)worker;
	if (site < 0 || !walk_below(&walk, site, part->name, 2))
		part->error = errno == 0 ? EIO : errno;
	part->is_touched = walk.is_touched;
	if (site >= 0)
		close(site);
}

static bool look_at_parts(bool *out, struct looking *looking,
			  struct diag_list *diags)
{
	const struct part *parts = looking->parts.items;
	bool ok = true;

	workers_run(workers_available(), looking->parts.count, look_at_part,
		    looking);
	for (size_t i = 0; i < looking->parts.count; i++) {
		*out = *out || parts[i].is_touched;
		if (ok && parts[i].error != 0) {
			errno = parts[i].error;
			claim_fail(diags, _("cannot open"),
				   str_from_c(parts[i].name));
			ok = false;
		}
	}
	return ok;
}

/* The tree, its sites and what stands directly in them; then threads. */
static bool look(bool *out, struct looking *looking, int tree,
		 struct diag_list *diags)
{
	struct walk walk = { .since = looking->since, .looking = looking };
	const char *name = releases_tree_name(tree);
	int root = looking->releases->claim.root;
	bool ok;

	list_init(&looking->parts, sizeof(struct part));
	if (!walk_entry(&walk, root, name, 0)) {
		claim_fail(diags, _("cannot open"), str_from_c(name));
		return false;
	}
	*out = walk.is_touched;
	if (walk.is_touched)
		return true;
	looking->root = openat(root, name,
			       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (looking->root < 0) {
		claim_fail(diags, _("cannot open"), str_from_c(name));
		return false;
	}
	ok = look_at_parts(out, looking, diags);
	close(looking->root);
	return ok;
}

bool touched_look(bool *out, const struct releases *releases, int tree,
		  struct diag_list *diags)
{
	struct looking looking = { .releases = releases };
	struct timespec now;

	*out = true;
	if (!file_clock(&now, releases, diags))
		return false;
	/* a clock that was set back would hide what is written now */
	if (!read_note(&looking.since, releases, tree) ||
	    is_before(now, looking.since))
		return true;
	return look(out, &looking, tree, diags);
}
