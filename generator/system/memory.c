/*
 * The system says it in small files of text. A group's own limit may be above
 * that of a group around it, so all of them are asked.
 */
#include "system/memory.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/str.h"

static uint64_t lesser(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* The first number of a file; “max” is no number. */
static bool read_number(uint64_t *out, const char *path)
{
	FILE *file = fopen(path, "re");
	unsigned long long number;
	bool ok;

	if (file == NULL)
		return false;
	ok = fscanf(file, "%llu", &number) == 1;
	fclose(file);
	if (ok)
		*out = number;
	return ok;
}

static uint64_t free_of_system(void)
{
	FILE *file = fopen("/proc/meminfo", "re");
	uint64_t found = UINT64_MAX;
	unsigned long long number;
	char line[256];

	if (file == NULL)
		return found;
	while (fgets(line, sizeof(line), file) != NULL)
		if (sscanf(line, "MemAvailable: %llu kB", &number) == 1)
			found = number * 1024;
	fclose(file);
	return found;
}

/* What is in use counts files that were read, which the system gives up. */
static uint64_t limit_in(const char *folder, const char *name)
{
	char path[4200];
	uint64_t most = UINT64_MAX;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return read_number(&most, path) ? most : UINT64_MAX;
}

/* From the process's group up to the outermost one. */
static uint64_t limit_of_groups(const char *root, const char *group,
				const char *name)
{
	char folder[4100];
	uint64_t left = UINT64_MAX;
	size_t length = strlen(root);

	snprintf(folder, sizeof(folder), "%s%s", root, group);
	for (;;) {
		char *slash;

		left = lesser(left, limit_in(folder, name));
		slash = strrchr(folder, '/');
		if (slash == NULL || (size_t)(slash - folder) < length)
			return left;
		*slash = '\0';
	}
}

/* “0::/path” of version 2, “4:memory:/path” of version 1. */
static uint64_t limit_of_line(char *line)
{
	char *group = strrchr(line, ':');

	line[strcspn(line, "\n")] = '\0';
	if (group == NULL)
		return UINT64_MAX;
	group++;
	if (strncmp(line, "0::", 3) == 0)
		return limit_of_groups("/sys/fs/cgroup", group, "memory.max");
	if (strstr(line, ":memory:") != NULL)
		return limit_of_groups("/sys/fs/cgroup/memory", group,
				       "memory.limit_in_bytes");
	return UINT64_MAX;
}

static uint64_t limit_of_all_groups(void)
{
	FILE *file = fopen("/proc/self/cgroup", "re");
	uint64_t left = UINT64_MAX;
	char line[4000];

	if (file == NULL)
		return left;
	while (fgets(line, sizeof(line), file) != NULL)
		left = lesser(left, limit_of_line(line));
	fclose(file);
	return left;
}

uint64_t memory_available(void)
{
	struct rlimit limit;
	uint64_t left = lesser(free_of_system(), limit_of_all_groups());

	if (getrlimit(RLIMIT_DATA, &limit) == 0 &&
	    limit.rlim_cur != RLIM_INFINITY)
		left = lesser(left, limit.rlim_cur);
	return left;
}
