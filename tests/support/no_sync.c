#include "support/no_sync.h"

#include <unistd.h>

#include <sys/mman.h>

void no_sync(void)
{
}

int fsync(int file)
{
	(void)file;
	return 0;
}

int fdatasync(int file)
{
	(void)file;
	return 0;
}

int syncfs(int file)
{
	(void)file;
	return 0;
}

int msync(void *address, size_t length, int flags)
{
	(void)address;
	(void)length;
	(void)flags;
	return 0;
}
