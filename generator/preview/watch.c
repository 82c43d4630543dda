/*
 * Watched are the folders below content/, sites/ and themes/, and the log of
 * HEAD, as a commit changes the dates of pages. Folders that come later are
 * found by looking again whenever a folder came: watching one twice is once.
 * Editors save in several steps (a new file, a rename), so it must have been
 * quiet for a moment before anybody looks.
 */
#include "preview/watch.h"

#include <errno.h>
#include <fts.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "system/clock.h"
#include "system/reason.h"

enum {
	QUIET = 30,	 /* milliseconds without a change */
	IMPATIENT = 400, /* of changes without end */
	TICK = 2000,
};

static const char *const watched[] = { "content", "sites", "themes" };

enum {
	FOLDER_CHANGES = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE |
			 IN_MOVED_FROM | IN_MOVED_TO,
};

/* False when the system has no watches left. */
static bool watch_below(const struct watch *watch, const char *name)
{
	struct arena arena;
	bool ok = true;
	char *paths[2] = { NULL };
	str path;
	FTSENT *entry;
	FTS *walk;

	arena_init(&arena);
	path = arena_printf(&arena, "%s/%s", watch->folder, name);
	paths[0] = arena_c_string(&arena, path);
	walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	while (walk != NULL && ok && (entry = fts_read(walk)) != NULL)
		if (entry->fts_info == FTS_D)
			ok = inotify_add_watch(
				     watch->changes, entry->fts_accpath,
				     FOLDER_CHANGES | IN_ONLYDIR) >= 0 ||
			     errno != ENOSPC;
	if (walk != NULL)
		fts_close(walk);
	arena_release(&arena);
	return ok;
}

static bool watch_log(const struct watch *watch)
{
	struct arena arena;
	bool ok;

	arena_init(&arena);
	ok = inotify_add_watch(
		     watch->changes,
		     arena_printf(&arena, "%s/.git/logs", watch->folder).data,
		     IN_MODIFY | IN_CREATE) >= 0 ||
	     errno != ENOSPC;
	arena_release(&arena);
	return ok;
}

/* The library's own folder has much else in it, the output perhaps. */
static void watch_all(struct watch *watch)
{
	bool ok;

	watch->root = inotify_add_watch(watch->changes, watch->folder,
					IN_CREATE | IN_MOVED_TO);
	ok = watch->root >= 0 && watch_log(watch);
	for (size_t i = 0; ok && i < COUNT_OF(watched); i++)
		ok = watch_below(watch, watched[i]);
	if (ok)
		return;
	close(watch->changes);
	watch->changes = -1;
}

static bool refuse_wait(struct diag_list *diags)
{
	int error = errno;
	struct diag *diag =
		diag_failure(diags, "serve", _("cannot wait for signals: %s"),
			     reason_text(error));

	reason_explain(diags, diag, error);
	return false;
}

bool watch_open(struct watch *out, const char *folder, struct diag_list *diags)
{
	sigset_t ending;

	*out = (struct watch){ .folder = folder, .changes = -1 };
	sigemptyset(&ending);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &ending, NULL);
	out->signals = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
	out->asked = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (out->signals < 0 || out->asked < 0)
		return refuse_wait(diags);
	out->changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (out->changes >= 0)
		watch_all(out);
	return true;
}

void watch_close(struct watch *watch)
{
	if (watch->changes >= 0)
		close(watch->changes);
	if (watch->signals >= 0)
		close(watch->signals);
	if (watch->asked >= 0)
		close(watch->asked);
}

static bool is_watched_name(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(watched); i++)
		if (strcmp(name, watched[i]) == 0)
			return true;
	return false;
}

struct changes {
	bool any;
	bool folders; /* there may be new ones */
};

static void take(struct changes *changes, const struct inotify_event *event)
{
	bool is_folder = (event->mask & (IN_ISDIR | IN_Q_OVERFLOW)) != 0;

	if ((event->mask & (IN_IGNORED | IN_UNMOUNT)) != 0)
		return;
	changes->any = true;
	changes->folders |= is_folder;
}

/* What came into the library's own folder counts by its name. */
static bool is_meant(const struct watch *watch,
		     const struct inotify_event *event)
{
	return event->wd != watch->root || event->len == 0 ||
	       is_watched_name(event->name);
}

static struct changes read_changes(const struct watch *watch)
{
	_Alignas(struct inotify_event) char bytes[16 * 1024];
	struct changes changes = { 0 };
	ssize_t got;

	while ((got = read(watch->changes, bytes, sizeof(bytes))) > 0)
		for (ssize_t at = 0; at < got;) {
			const struct inotify_event *event =
				(const void *)(bytes + at);

			if (is_meant(watch, event))
				take(&changes, event);
			at += (ssize_t)(sizeof(*event) + event->len);
		}
	return changes;
}

/* Until it is quiet, or there is no end to it. */
static bool settle(struct watch *watch)
{
	struct changes all = read_changes(watch);
	int64_t start = clock_milliseconds();
	struct pollfd row = { .fd = watch->changes, .events = POLLIN };

	if (!all.any)
		return false;
	while (clock_milliseconds() - start < IMPATIENT &&
	       poll(&row, 1, QUIET) > 0)
		all.folders |= read_changes(watch).folders;
	if (all.folders)
		watch_all(watch);
	return true;
}

enum watch_event watch_wait(struct watch *watch)
{
	while (true) {
		struct pollfd rows[] = {
			{ .fd = watch->signals, .events = POLLIN },
			{ .fd = watch->changes, .events = POLLIN },
			{ .fd = watch->asked, .events = POLLIN },
		};
		uint64_t times;
		int count = poll(rows, COUNT_OF(rows), TICK);

		if (count < 0 && errno != EINTR)
			return WATCH_END;
		if (rows[0].revents != 0 && count > 0)
			return WATCH_END;
		if (count == 0)
			return watch->changes < 0 ? WATCH_CHANGED : WATCH_TICK;
		if (count > 0 && rows[1].revents != 0 && settle(watch))
			return WATCH_CHANGED;
		if (count > 0 && rows[2].revents != 0 &&
		    read(watch->asked, &times, sizeof(times)) > 0)
			return WATCH_ASKED;
	}
}
