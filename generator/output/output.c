#include "output/output.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/reason.h"

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

static struct diag *fail(struct diag_list *diags, const char *what, str path)
{
	int reason = errno;
	struct diag *diag =
		diag_failure(diags, "output-write", "%s: %.*s: %s", what,
			     STR_ARG(path), reason_text(reason));

	reason_explain(diags, diag, reason);
	return diag;
}

/* A disk that is full is full for every page: it is said once. */
static enum output_result fail_page(const struct output *output, str path,
				    struct diag_list *diags)
{
	if (!atomic_exchange(output->failed, true))
		fail(diags, _("cannot write"), path);
	return OUTPUT_FAILED;
}

bool output_has_failed(const struct output *output)
{
	return atomic_load(output->failed);
}

/* mkdir -p */
static bool make_folders(const char *directory)
{
	char path[4096];
	size_t length = strlen(directory);

	if (length == 0 || length >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(path, directory, length + 1);
	for (size_t i = 1; i <= length; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		path[i] = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST)
			return false;
		path[i] = directory[i];
	}
	return true;
}

static int open_or_make(int parent, const char *name)
{
	if (mkdirat(parent, name, 0777) != 0 && errno != EEXIST)
		return -1;
	return openat(parent, name, FOLDER_FLAGS | O_NOFOLLOW);
}

/* A folder with other people's files must not become an output folder. */
static bool is_ours(int root, const char *directory, struct diag_list *diags)
{
	bool is_empty = false;
	struct diag *diag;

	if (faccessat(root, ".jiyue", F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return true;
	if (!sweep_is_empty(&is_empty, root)) {
		fail(diags, _("cannot use the output folder"),
		     str_from_c(directory));
		return false;
	}
	if (is_empty)
		return true;
	diag = diag_failure(diags, "output-foreign",
			    _("%s has files in it that are not ours"),
			    directory);
	diag_help(diags, diag, _("name an empty or a new folder with --out"));
	return false;
}

/*
 * A link in the place of one of our own files would lead out of the folder. It
 * is not removed: somebody has put it there for a reason.
 */
static bool refuse_odd(struct diag_list *diags, const char *name)
{
	struct diag *diag =
		diag_failure(diags, "output-state",
			     _("%s in the output folder is a link, or nothing "
			       "that a build has made"),
			     name);

	diag_help(diags, diag, _("remove it: a build makes it anew"));
	return false;
}

static bool is_odd(int reason)
{
	return reason == ELOOP || reason == ENOTDIR || reason == EISDIR ||
	       reason == ENXIO;
}

/* A second name of the file may lie where nothing may be written. */
static bool open_lock(struct output *out, struct diag_list *diags)
{
	struct stat status;

	out->lock = openat(
		out->state, "lock",
		O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
	if (out->lock < 0 && !is_odd(errno)) {
		fail(diags, _("cannot open"), STR(".jiyue/lock"));
		return false;
	}
	return (out->lock >= 0 && fstat(out->lock, &status) == 0 &&
		S_ISREG(status.st_mode) && status.st_nlink == 1) ||
	       refuse_odd(diags, ".jiyue/lock");
}

/* For the message to a second build. */
static bool sign_lock(const struct output *out, struct diag_list *diags)
{
	char own[32];
	int count = snprintf(own, sizeof(own), "%ld\n", (long)getpid());

	if (ftruncate(out->lock, 0) == 0 &&
	    pwrite(out->lock, own, (size_t)count, 0) == count)
		return true;
	fail(diags, _("cannot write"), STR(".jiyue/lock"));
	return false;
}

static bool take_lock(struct output *out, struct diag_list *diags)
{
	char holder[32] = "?";
	ssize_t length;
	struct diag *diag;

	if (!open_lock(out, diags))
		return false;
	if (flock(out->lock, LOCK_EX | LOCK_NB) == 0)
		return sign_lock(out, diags);
	if (errno != EWOULDBLOCK) {
		fail(diags, _("cannot lock"), STR(".jiyue/lock"));
		return false;
	}
	length = pread(out->lock, holder, sizeof(holder) - 1, 0);
	if (length > 0)
		holder[length - (holder[length - 1] == '\n')] = '\0';
	diag = diag_failure(diags, "output-locked",
			    _("process %s is building into this folder"),
			    holder);
	diag_help(diags, diag, _("wait until it is done"));
	return false;
}

/* What an interrupted build left behind is of no use to this one. */
static bool open_state(struct output *out, struct diag_list *diags)
{
	out->state = open_or_make(out->root, ".jiyue");
	if (out->state < 0 && is_odd(errno))
		return refuse_odd(diags, ".jiyue");
	if (out->state < 0) {
		fail(diags, _("cannot make"), STR(".jiyue"));
		return false;
	}
	if (!take_lock(out, diags))
		return false;
	if (!sweep_remove(out->state, "new")) {
		fail(diags, _("cannot empty"), STR(".jiyue/new"));
		return false;
	}
	out->staging = open_or_make(out->state, "new");
	if (out->staging >= 0)
		out->roots = open_or_make(out->staging, "roots");
	if (out->staging < 0 || out->roots < 0) {
		fail(diags, _("cannot make"), STR(".jiyue/new"));
		return false;
	}
	return true;
}

/* The folder itself may be a link: whoever names it knows where it leads. */
static bool fail_folder(const char *directory, struct diag_list *diags)
{
	bool is_missing = errno == ENOENT;
	struct diag *diag = fail(diags, _("cannot use the output folder"),
				 str_from_c(directory));
	struct stat status;

	if (is_missing && lstat(directory, &status) == 0 &&
	    S_ISLNK(status.st_mode))
		diag_help(diags, diag,
			  _("it is a link to a folder that is not there: make "
			    "that folder, or name another one with --out"));
	return false;
}

bool output_open(struct output *out, const char *directory, struct arena *arena,
		 struct diag_list *diags)
{
	*out = (struct output){ -1, -1, -1, -1, -1, arena, NULL };
	out->failed = arena_alloc(arena, sizeof(*out->failed));
	if (!make_folders(directory) ||
	    (out->root = open(directory, FOLDER_FLAGS)) < 0)
		return fail_folder(directory, diags);
	if (is_ours(out->root, directory, diags) && open_state(out, diags))
		return true;
	output_close(out);
	return false;
}

void output_close(struct output *out)
{
	const int descriptors[] = { out->roots, out->staging, out->lock,
				    out->state, out->root };

	for (size_t i = 0; i < COUNT_OF(descriptors); i++)
		if (descriptors[i] >= 0)
			close(descriptors[i]);
	*out = (struct output){ -1, -1, -1, -1, -1, NULL, NULL };
}

void output_hand_init(struct output_hand *hand, const struct output *output)
{
	hand->output = output;
	folder_init(&hand->folder, output->root);
	folder_init(&hand->fresh, output->roots);
}

void output_hand_release(struct output_hand *hand)
{
	folder_release(&hand->folder);
	folder_release(&hand->fresh);
}

static void staged_name(char name[32], size_t number)
{
	snprintf(name, 32, "%zu", number);
}

enum output_result output_stage(struct output_hand *hand, size_t number,
				str path, str bytes, struct diag_list *diags)
{
	char name[256];
	char staged[32];

	if (folder_of(&hand->folder, path, false, name) &&
	    folder_is_same(hand->folder.descriptor, name, bytes))
		return OUTPUT_UNCHANGED;
	staged_name(staged, number);
	if (folder_write(hand->output->staging, staged, bytes))
		return OUTPUT_STAGED;
	return fail_page(hand->output, path, diags);
}

enum output_result output_stage_fresh(struct output_hand *hand, str path,
				      str bytes, struct diag_list *diags)
{
	char name[256];

	if (folder_of(&hand->fresh, path, true, name) &&
	    folder_write(hand->fresh.descriptor, name, bytes))
		return OUTPUT_STAGED;
	return fail_page(hand->output, path, diags);
}

bool output_check_root(const struct output *output, str domain,
		       struct diag_list *diags)
{
	const char *name = arena_c_string(output->arena, domain);
	int reason = errno;
	struct stat status;
	struct diag *diag;

	if (fstatat(output->root, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISLNK(status.st_mode)) {
		errno = reason;
		return true;
	}
	diag = diag_failure(diags, "output-link",
			    _("%s in the output folder is a symbolic link, so "
			      "its pages would be written elsewhere"),
			    name);
	diag_help(diags, diag,
		  _("remove the link; to have the sites elsewhere, name that "
		    "folder with --out, which may be a link itself"));
	return false;
}

bool output_commit_fresh(const struct output *output, str domain,
			 struct diag_list *diags)
{
	const char *name = arena_c_string(output->arena, domain);

	if (renameat(output->roots, name, output->root, name) == 0)
		return true;
	if (!output_check_root(output, domain, diags))
		return false;
	/* What stands there is no folder: somebody's file. */
	if (errno == ENOTDIR && unlinkat(output->root, name, 0) == 0 &&
	    renameat(output->roots, name, output->root, name) == 0)
		return true;
	fail(diags, _("cannot write"), domain);
	return false;
}

/*
 * In the way may be a folder where a page was, or a file where a folder must
 * be: both are of an earlier build.
 */
static bool clear_way(struct output_hand *hand, str path)
{
	str part = path;

	folder_release(&hand->folder);
	for (size_t i = 0; i < path.len; i++) {
		struct stat status;
		char name[256];

		if (path.data[i] != '/')
			continue;
		part.len = i;
		if (!folder_of(&hand->folder, part, false, name))
			return errno == ENOENT;
		if (fstatat(hand->folder.descriptor, name, &status,
			    AT_SYMLINK_NOFOLLOW) == 0 &&
		    !S_ISDIR(status.st_mode) &&
		    unlinkat(hand->folder.descriptor, name, 0) != 0)
			return false;
	}
	return true;
}

static bool move(struct output_hand *hand, const char *staged, str path)
{
	char name[256];

	if (!folder_of(&hand->folder, path, true, name))
		return false;
	if (renameat(hand->output->staging, staged, hand->folder.descriptor,
		     name) == 0)
		return true;
	if (errno != EISDIR && errno != ENOTEMPTY && errno != EEXIST)
		return false;
	return sweep_remove(hand->folder.descriptor, name) &&
	       renameat(hand->output->staging, staged, hand->folder.descriptor,
			name) == 0;
}

bool output_commit(struct output_hand *hand, size_t number, str path,
		   struct diag_list *diags)
{
	char staged[32];

	staged_name(staged, number);
	if (move(hand, staged, path))
		return true;
	if ((errno == ENOTDIR || errno == ELOOP) && clear_way(hand, path) &&
	    move(hand, staged, path))
		return true;
	fail(diags, _("cannot write"), path);
	return false;
}

static bool report_unread(str path, struct diag_list *diags)
{
	if (errno != ENOENT && errno != ENOTDIR)
		diag_failure(diags, "output-read", _("cannot read: %.*s: %s"),
			     STR_ARG(path), reason_text(errno));
	return false;
}

static bool read_below(str *out, int root, str path, struct arena *arena,
		       struct diag_list *diags)
{
	struct folder folder;
	char name[256];
	bool ok;

	folder_init(&folder, root);
	ok = (folder_of(&folder, path, false, name) &&
	      folder_read(out, folder.descriptor, name, arena)) ||
	     report_unread(path, diags);
	folder_release(&folder);
	return ok;
}

bool output_read(str *out, const struct output *output, str path,
		 struct arena *arena, struct diag_list *diags)
{
	return read_below(out, output->root, path, arena, diags);
}

bool output_read_fresh(str *out, const struct output *output, str path,
		       struct arena *arena, struct diag_list *diags)
{
	return read_below(out, output->roots, path, arena, diags);
}

bool output_read_staged(str *out, const struct output *output, size_t number,
			struct arena *arena, struct diag_list *diags)
{
	char staged[32];

	staged_name(staged, number);
	return read_below(out, output->staging, str_from_c(staged), arena,
			  diags);
}

bool output_sweep(const struct output *output, str domain,
		  sweep_is_planned *is_planned, void *context, size_t *removed,
		  struct diag_list *diags)
{
	struct sweep sweep = { .is_planned = is_planned, .context = context };
	char *name = arena_c_string(output->arena, domain);

	if (sweep_folder(&sweep, output->root, name)) {
		*removed += sweep.removed;
		return true;
	}
	fail(diags, _("cannot remove old pages of"), domain);
	return false;
}

/* Upwards from the file; the document root itself stays. */
static void remove_empty_folders(struct output_hand *hand, str path)
{
	size_t slash;

	while ((slash = str_find_last_byte(path, '/')) != STR_NONE &&
	       str_find_byte(str_between(path, 0, slash), '/') != STR_NONE) {
		char name[256];

		path.len = slash;
		folder_release(&hand->folder);
		if (!folder_of(&hand->folder, path, false, name) ||
		    unlinkat(hand->folder.descriptor, name, AT_REMOVEDIR) != 0)
			return;
	}
}

bool output_remove(struct output_hand *hand, str path, struct diag_list *diags)
{
	char name[256];

	if (folder_of(&hand->folder, path, false, name) &&
	    unlinkat(hand->folder.descriptor, name, 0) == 0) {
		remove_empty_folders(hand, path);
		return true;
	}
	/* Not there, or another page's folder stands where it was. */
	if (errno == ENOENT || errno == ENOTDIR || errno == EISDIR)
		return true;
	fail(diags, _("cannot remove"), path);
	return false;
}

bool output_has_file(const struct output *output, str path, uint64_t size)
{
	const char *name = arena_c_string(output->arena, path);
	struct stat status;

	return fstatat(output->root, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(status.st_mode) && (uint64_t)status.st_size == size;
}

bool output_sync(const struct output *output, struct diag_list *diags)
{
	if (syncfs(output->root) == 0)
		return true;
	fail(diags, _("cannot bring to the disk"), STR("."));
	return false;
}

bool output_has_site(const struct output *output, str domain)
{
	char *name = arena_c_string(output->arena, domain);
	struct stat status;

	return fstatat(output->root, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(status.st_mode);
}

/* --- domains of earlier builds --- */

static bool is_among(str domain, const str *domains, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(domain, domains[i]))
			return true;
	return false;
}

static bool is_safe(str domain)
{
	return domain.len > 0 && domain.data[0] != '.' &&
	       str_find_byte(domain, '/') == STR_NONE;
}

/* Replaces .jiyue/<name> as a whole; something else may stand in its place. */
static bool replace_own(const struct output *output, const char *name,
			str bytes)
{
	if (!sweep_remove(output->staging, name) ||
	    !folder_write(output->staging, name, bytes))
		return false;
	return renameat(output->staging, name, output->state, name) == 0 ||
	       (errno == EISDIR && sweep_remove(output->state, name) &&
		renameat(output->staging, name, output->state, name) == 0);
}

static bool write_domains(const struct output *output, const str *domains,
			  size_t count)
{
	struct buf text;

	buf_init(&text, output->arena);
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%.*s\n", STR_ARG(domains[i]));
	return folder_is_same(output->state, "domains", buf_str(&text)) ||
	       replace_own(output, "domains", buf_str(&text));
}

bool output_put_own(const struct output *output, const char *name, str bytes,
		    bool *changed, struct diag_list *diags)
{
	const str path[] = { STR(".jiyue/"), str_from_c(name) };

	if (folder_is_same(output->state, name, bytes))
		return true;
	*changed = true;
	if (replace_own(output, name, bytes))
		return true;
	fail(diags, _("cannot write"), arena_join(output->arena, path, 2));
	return false;
}

static str read_domains(const struct output *output)
{
	str text = { NULL, 0 };

	if (!folder_read(&text, output->state, "domains", output->arena))
		return (str){ NULL, 0 };
	return text;
}

bool output_note_domains(const struct output *output, const str *domains,
			 size_t count, struct diag_list *diags)
{
	str old = read_domains(output);
	struct list all;
	str line;

	list_init(&all, sizeof(str));
	for (size_t i = 0; i < count; i++)
		*(str *)list_add(&all, output->arena) = domains[i];
	while (str_split_next(&old, '\n', &line))
		if (is_safe(line) && !is_among(line, domains, count))
			*(str *)list_add(&all, output->arena) = line;
	if (write_domains(output, all.items, all.count))
		return true;
	fail(diags, _("cannot write"), STR(".jiyue/domains"));
	return false;
}

/*
 * Moved out of the way first: half a site must never stand there, neither for
 * a visitor nor for a later build that believes its record. A mount point
 * cannot be moved.
 */
static bool remove_root(const struct output *output, const char *name,
			size_t *removed)
{
	struct sweep sweep = { 0 };
	bool ok;

	if (renameat(output->root, name, output->staging, "gone") == 0)
		ok = sweep_folder(&sweep, output->staging, "gone");
	else
		ok = errno == ENOENT ||
		     sweep_folder(&sweep, output->root, name);
	*removed += sweep.removed;
	return ok;
}

bool output_keep_domains(const struct output *output, const str *domains,
			 size_t count, size_t *removed, struct diag_list *diags)
{
	str old = read_domains(output);
	str line;

	while (str_split_next(&old, '\n', &line)) {
		char *name = arena_c_string(output->arena, line);

		if (!is_safe(line) || is_among(line, domains, count))
			continue;
		if (!output_check_root(output, line, diags))
			return false;
		if (remove_root(output, name, removed))
			continue;
		fail(diags, _("cannot remove the closed site"), line);
		return false;
	}
	if (write_domains(output, domains, count))
		return true;
	fail(diags, _("cannot write"), STR(".jiyue/domains"));
	return false;
}
