/*
 * Landlock has no wrappers in the C library, and Debian 12's headers know its
 * second version; the kernel that runs may know more. So the calls are made by
 * number, and the few constants of later versions stand here. What the kernel
 * does not know yet is left out of what is asked for.
 */
#include "system/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "system/syscall_filter.h"

enum {
	VERSION_LEAST = 2,    /* files move between folders */
	VERSION_TRUNCATE = 3, /* and so on: from which version on it is known */
	VERSION_NET = 4,
	VERSION_DEVICES = 5,
	VERSION_SCOPES = 6,
};

#define ACCESS_TRUNCATE (UINT64_C(1) << 14)
#define ACCESS_DEVICES (UINT64_C(1) << 15)
#define NET_BIND (UINT64_C(1) << 0)
#define NET_CONNECT (UINT64_C(1) << 1)
#define SCOPE_ALL UINT64_C(3) /* nameless sockets, signals */
enum { RULE_PORT = 2 };

/* struct landlock_ruleset_attr as it is now. */
struct rules {
	uint64_t files;
	uint64_t net;
	uint64_t scopes;
};

/* struct landlock_net_port_attr */
struct port_rule {
	uint64_t allowed;
	uint64_t port;
};

#define READS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define RUNS (READS | LANDLOCK_ACCESS_FS_EXECUTE)
#define WRITES                                                                 \
	(READS | LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE |             \
	 LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |      \
	 LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |           \
	 LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER)

/* What is refused where no place allows it. */
#define ALL_FILES                                                              \
	(RUNS | WRITES | LANDLOCK_ACCESS_FS_MAKE_CHAR |                        \
	 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |         \
	 LANDLOCK_ACCESS_FS_MAKE_BLOCK | ACCESS_DEVICES)

/* The only ones that a file, which is no folder, can have. */
#define OF_A_FILE                                                              \
	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |        \
	 LANDLOCK_ACCESS_FS_EXECUTE | ACCESS_TRUNCATE)

static const uint64_t rights[] = {
	[SANDBOX_READ] = READS,
	[SANDBOX_RUN] = RUNS,
	[SANDBOX_WRITE] = WRITES,
};

struct sandbox_place {
	const char *path;
	enum sandbox_right right;
};

/*
 * Libraries, programs that are children, the zone of time, words of the C
 * library, who the user is (for ssh-keygen), the machine's certificates, which
 * libgit2 reads when it starts; what says how much memory and how many
 * processors there are.
 */
static const struct sandbox_place system_places[] = {
	{ "/usr", SANDBOX_RUN },
	{ "/lib", SANDBOX_RUN },
	{ "/lib64", SANDBOX_RUN },
	{ "/bin", SANDBOX_RUN },
	{ "/etc/ld.so.cache", SANDBOX_READ },
	{ "/etc/ld.so.preload", SANDBOX_READ },
	{ "/etc/localtime", SANDBOX_READ },
	{ "/etc/locale.alias", SANDBOX_READ },
	{ "/etc/nsswitch.conf", SANDBOX_READ },
	{ "/etc/passwd", SANDBOX_READ },
	{ "/etc/group", SANDBOX_READ },
	{ "/etc/ssl/openssl.cnf", SANDBOX_READ },
	{ "/etc/ssl/certs", SANDBOX_READ },
	{ "/proc/self", SANDBOX_READ },
	{ "/proc/meminfo", SANDBOX_READ },
	{ "/proc/stat", SANDBOX_READ },
	{ "/proc/cpuinfo", SANDBOX_READ },
	{ "/proc/sys/vm", SANDBOX_READ },
	{ "/sys/devices/system/cpu", SANDBOX_READ },
	{ "/sys/fs/cgroup", SANDBOX_READ },
	{ "/dev/null", SANDBOX_WRITE },
	{ "/dev/zero", SANDBOX_READ },
	{ "/dev/urandom", SANDBOX_READ },
};

void sandbox_init(struct sandbox *sandbox, struct arena *arena)
{
	*sandbox = (struct sandbox){ .arena = arena };
	list_init(&sandbox->places, sizeof(struct sandbox_place));
	for (size_t i = 0; i < COUNT_OF(system_places); i++)
		sandbox_allow(sandbox, system_places[i].path,
			      system_places[i].right);
	/* the program, which lies anywhere: a build's record has its digest */
	sandbox_allow(sandbox, "/proc/self/exe", SANDBOX_RUN);
}

void sandbox_allow(struct sandbox *sandbox, const char *path,
		   enum sandbox_right right)
{
	*(struct sandbox_place *)list_add(&sandbox->places, sandbox->arena) =
		(struct sandbox_place){
			arena_c_string(sandbox->arena, str_from_c(path)),
			right,
		};
}

static long version(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
		       LANDLOCK_CREATE_RULESET_VERSION);
}

bool sandbox_is_there(void)
{
	return version() >= VERSION_LEAST;
}

static uint64_t known_files(long version_here)
{
	uint64_t known = ALL_FILES;

	if (version_here < VERSION_TRUNCATE)
		known &= ~ACCESS_TRUNCATE;
	if (version_here < VERSION_DEVICES)
		known &= ~ACCESS_DEVICES;
	return known;
}

/* At "any" port two addresses are served: the second's is known later. */
static struct rules rules_for(const struct sandbox *sandbox, long version_here)
{
	bool has_any_port = sandbox->serves && sandbox->port == 0;
	struct rules rules = { .files = known_files(version_here) };

	if (version_here >= VERSION_NET)
		rules.net = (sandbox->asks ? 0 : NET_CONNECT) |
			    (has_any_port ? 0 : NET_BIND);
	if (version_here >= VERSION_SCOPES)
		rules.scopes = SCOPE_ALL;
	return rules;
}

static bool add_place(int set, const struct rules *rules,
		      const struct sandbox_place *place)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = rights[place->right] & rules->files,
		.parent_fd = open(place->path, O_PATH | O_CLOEXEC),
	};
	struct stat status;
	bool ok;

	if (rule.parent_fd < 0)
		return true; /* nothing there is nothing to be let at */
	if (fstat(rule.parent_fd, &status) == 0 && !S_ISDIR(status.st_mode))
		rule.allowed_access &= OF_A_FILE;
	ok = syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH,
		     &rule, 0) == 0;
	close(rule.parent_fd);
	return ok;
}

static bool add_port(int set, const struct rules *rules, uint16_t port)
{
	const struct port_rule rule = { NET_BIND, port };

	return (rules->net & NET_BIND) == 0 ||
	       syscall(SYS_landlock_add_rule, set, RULE_PORT, &rule, 0) == 0;
}

/* What says where names are asked for. */
static const char *const name_places[] = {
	"/etc/resolv.conf", "/etc/hosts",    "/etc/host.conf",
	"/etc/gai.conf",    "/etc/services", "/run/systemd/resolve",
};

static bool add_name_places(int set, const struct rules *rules)
{
	for (size_t i = 0; i < COUNT_OF(name_places); i++) {
		const struct sandbox_place place = { name_places[i],
						     SANDBOX_READ };

		if (!add_place(set, rules, &place))
			return false;
	}
	return true;
}

static enum syscall_sockets sockets_of(const struct sandbox *sandbox)
{
	if (sandbox->asks)
		return SOCKETS_ALL;
	return sandbox->serves ? SOCKETS_STREAMS : SOCKETS_NONE;
}

static bool add_all(int set, const struct rules *rules,
		    const struct sandbox *sandbox)
{
	const struct sandbox_place *places = sandbox->places.items;

	for (size_t i = 0; i < sandbox->places.count; i++)
		if (!add_place(set, rules, &places[i]))
			return false;
	if (sandbox->asks && !add_name_places(set, rules))
		return false;
	return !sandbox->serves || add_port(set, rules, sandbox->port);
}

enum sandbox_result sandbox_enter(const struct sandbox *sandbox)
{
	long version_here = version();
	struct rules rules = rules_for(sandbox, version_here);
	enum sandbox_result result = SANDBOX_FAILED;
	int set;

	if (version_here < VERSION_LEAST)
		return SANDBOX_MISSING;
	set = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules),
			   0);
	if (set < 0)
		return SANDBOX_FAILED;
	if (add_all(set, &rules, sandbox) &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    syscall(SYS_landlock_restrict_self, set, 0) == 0 &&
	    syscall_filter_enter(sockets_of(sandbox), sandbox->arena))
		result = SANDBOX_ON;
	close(set);
	return result;
}
