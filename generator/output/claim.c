/*
 * Whether a folder is ours is asked before anything in it is touched: it is
 * empty, or has our state folder. The lock is a file that is held and not one
 * that is there, so a process that dies leaves none behind. Every name is
 * opened below the folder's descriptor without following links.
 */
#include "output/claim.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/reason.h"
#include "system/sweep.h"

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

struct diag *claim_fail(struct diag_list *diags, const char *what, str path)
{
	int reason = errno;
	struct diag *diag =
		diag_failure(diags, "output-write", "%s: %.*s: %s", what,
			     STR_ARG(path), reason_text(reason));

	reason_explain(diags, diag, reason);
	return diag;
}

bool claim_make_folders(const char *directory)
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

int claim_folder(int parent, const char *name)
{
	if (mkdirat(parent, name, 0777) != 0 && errno != EEXIST)
		return -1;
	return openat(parent, name, FOLDER_FLAGS | O_NOFOLLOW);
}

/* A folder with other people's files must not become ours. */
static bool is_ours(int root, const struct claim_kind *kind,
		    const char *directory, struct diag_list *diags)
{
	bool is_empty = false;
	struct diag *diag;

	if (faccessat(root, kind->state, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return true;
	if (!sweep_is_empty(&is_empty, root)) {
		claim_fail(diags, _("cannot use the output folder"),
			   str_from_c(directory));
		return false;
	}
	if (is_empty)
		return true;
	diag = diag_failure(diags, "output-foreign",
			    _("%s has files in it that are not ours"),
			    directory);
	diag_help(diags, diag, _("name an empty or a new folder with %s"),
		  kind->option);
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

bool claim_is_odd(int reason)
{
	return reason == ELOOP || reason == ENOTDIR || reason == EISDIR ||
	       reason == ENXIO;
}

/* A second name of the file may lie where nothing may be written. */
static bool open_lock(struct claim *out, const char *name,
		      struct diag_list *diags)
{
	struct stat status;

	out->lock = openat(
		out->state, "lock",
		O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
	if (out->lock < 0 && !claim_is_odd(errno)) {
		claim_fail(diags, _("cannot open"), str_from_c(name));
		return false;
	}
	return (out->lock >= 0 && fstat(out->lock, &status) == 0 &&
		S_ISREG(status.st_mode) && status.st_nlink == 1) ||
	       refuse_odd(diags, name);
}

/* For the message to a second process. */
static bool sign_lock(const struct claim *out, const char *name,
		      struct diag_list *diags)
{
	char own[32];
	int count = snprintf(own, sizeof(own), "%ld\n", (long)getpid());

	if (ftruncate(out->lock, 0) == 0 &&
	    pwrite(out->lock, own, (size_t)count, 0) == count)
		return true;
	claim_fail(diags, _("cannot write"), str_from_c(name));
	return false;
}

static bool refuse_second(const struct claim *out,
			  const struct claim_kind *kind,
			  struct diag_list *diags)
{
	char holder[32] = "?";
	ssize_t length = pread(out->lock, holder, sizeof(holder) - 1, 0);
	struct diag *diag;

	if (length > 0)
		holder[length - (holder[length - 1] == '\n')] = '\0';
	diag = kind->is_publish
		       ? diag_failure(
				 diags, "output-locked",
				 _("process %s is publishing into this folder"),
				 holder)
		       : diag_failure(
				 diags, "output-locked",
				 _("process %s is building into this folder"),
				 holder);
	diag_help(diags, diag, _("wait until it is done"));
	return false;
}

static bool take_lock(struct claim *out, const struct claim_kind *kind,
		      const char *name, struct diag_list *diags)
{
	if (!open_lock(out, name, diags))
		return false;
	if (flock(out->lock, LOCK_EX | LOCK_NB) == 0)
		return sign_lock(out, name, diags);
	if (errno == EWOULDBLOCK)
		return refuse_second(out, kind, diags);
	claim_fail(diags, _("cannot lock"), str_from_c(name));
	return false;
}

static bool open_state(struct claim *out, const struct claim_kind *kind,
		       struct arena *arena, struct diag_list *diags)
{
	str name = arena_printf(arena, "%s/lock", kind->state);

	out->state = claim_folder(out->root, kind->state);
	if (out->state < 0 && claim_is_odd(errno))
		return refuse_odd(diags, kind->state);
	if (out->state < 0) {
		claim_fail(diags, _("cannot make"), str_from_c(kind->state));
		return false;
	}
	return take_lock(out, kind, name.data, diags);
}

/* The folder itself may be a link: whoever names it knows where it leads. */
static bool fail_folder(const char *directory, const struct claim_kind *kind,
			struct diag_list *diags)
{
	bool is_missing = errno == ENOENT;
	struct diag *diag = claim_fail(diags, _("cannot use the output folder"),
				       str_from_c(directory));
	struct stat status;

	if (is_missing && lstat(directory, &status) == 0 &&
	    S_ISLNK(status.st_mode))
		diag_help(diags, diag,
			  _("it is a link to a folder that is not there: make "
			    "that folder, or name another one with %s"),
			  kind->option);
	return false;
}

bool claim_open(struct claim *out, const struct claim_kind *kind,
		const char *directory, struct arena *arena,
		struct diag_list *diags)
{
	*out = (struct claim){ -1, -1, -1 };
	if (!claim_make_folders(directory) ||
	    (out->root = open(directory, FOLDER_FLAGS)) < 0)
		return fail_folder(directory, kind, diags);
	if (is_ours(out->root, kind, directory, diags) &&
	    open_state(out, kind, arena, diags))
		return true;
	claim_close(out);
	return false;
}

void claim_close(struct claim *claim)
{
	const int descriptors[] = { claim->lock, claim->state, claim->root };

	for (size_t i = 0; i < COUNT_OF(descriptors); i++)
		if (descriptors[i] >= 0)
			close(descriptors[i]);
	*claim = (struct claim){ -1, -1, -1 };
}
