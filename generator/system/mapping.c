/* The system lists its mappings in a file of text, a line each. */
#include "system/mapping.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* “7f00…-7f04… rw-s 00000000 fe:00 1234  /path”. */
static bool is_of(const char *line, ino_t inode, size_t size, uintptr_t *start)
{
	unsigned long first, last, number;
	char share;

	if (sscanf(line, "%lx-%lx %*c%*c%*c%c %*x %*x:%*x %lu", &first, &last,
		   &share, &number) != 4)
		return false;
	*start = first;
	return number == inode && last - first == size && share == 's';
}

void mapping_forget(int file, size_t size)
{
	FILE *list = fopen("/proc/self/maps", "re");
	struct stat status;
	uintptr_t start;
	char line[512]; /* of a longer one the rest is a name, and no match */

	if (list == NULL)
		return;
	if (fstat(file, &status) == 0)
		while (fgets(line, sizeof(line), list) != NULL)
			if (is_of(line, status.st_ino, size, &start))
				madvise((void *)start, size, MADV_DONTNEED);
	fclose(list);
}
