#include "system/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CANNOT_START = 2 };

/* What the deepest text and template take, with room to spare. */
enum { STACK_WANTED = 8 << 20, STACK_LEAST = 1 << 20 };

static void open_standard(void)
{
	for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		/* the lowest that is free, which is this one */
		if (fcntl(i, F_GETFD) < 0 && open("/dev/null", O_RDWR) != i)
			_exit(CANNOT_START);
}

/* Many threads have many folders open; what is allowed may be used. */
static void raise_open_files(void)
{
	enum { MOST = 65536 };
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= MOST)
		return;
	limit.rlim_cur = limit.rlim_max < MOST ? limit.rlim_max : MOST;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* Linux looks at the limit when the stack grows, not when it begins. */
static void raise_stack(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_STACK, &limit) != 0 ||
	    limit.rlim_cur >= STACK_WANTED)
		return;
	limit.rlim_cur =
		limit.rlim_max < STACK_WANTED ? limit.rlim_max : STACK_WANTED;
	setrlimit(RLIMIT_STACK, &limit);
}

bool process_has_stack(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_STACK, &limit) != 0 ||
	       limit.rlim_cur >= STACK_LEAST;
}

void process_prepare(void)
{
	open_standard();
	raise_open_files();
	raise_stack();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
}
