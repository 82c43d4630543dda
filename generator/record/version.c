#include "record/version.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORD_FORMAT = 2 };

static void add_file(struct digest *digest, int file)
{
	struct stat status;
	void *bytes;

	if (fstat(file, &status) != 0 || status.st_size <= 0)
		return;
	bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file,
		     0);
	if (bytes == MAP_FAILED)
		return;
	digest_add(digest, (str){ bytes, (size_t)status.st_size });
	munmap(bytes, (size_t)status.st_size);
}

struct digest record_version(void)
{
	struct digest digest = { 0 };
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	digest_add_number(&digest, RECORD_FORMAT);
	digest_add(&digest, STR(JIYUE_VERSION));
	if (file < 0)
		return digest;
	add_file(&digest, file);
	close(file);
	return digest;
}
