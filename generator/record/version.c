#include "record/version.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "picture/card.h"

enum { RECORD_FORMAT = 4 };

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

/* The number that the linker gave the bytes: a note of an object. */
static void add_build_id(struct digest *digest, const char *note, size_t size)
{
	ElfW(Nhdr) head;

	while (size >= sizeof(head)) {
		size_t name, text;

		memcpy(&head, note, sizeof(head));
		name = (head.n_namesz + (size_t)3) & ~(size_t)3;
		text = (head.n_descsz + (size_t)3) & ~(size_t)3;
		if (name + text > size - sizeof(head))
			return;
		if (head.n_type == NT_GNU_BUILD_ID)
			digest_add(digest, (str){ note + sizeof(head) + name,
						  head.n_descsz });
		note += sizeof(head) + name + text;
		size -= sizeof(head) + name + text;
	}
}

/*
 * A library that is loaded is known by its build id, size and time: a copy in
 * another place or image is the same, and one that was changed is not.
 */
static int add_library(struct dl_phdr_info *info, size_t size, void *context)
{
	struct digest *digest = context;
	struct stat status;

	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_NOTE)
			add_build_id(digest,
				     (const char *)(info->dlpi_addr +
						    info->dlpi_phdr[i].p_vaddr),
				     info->dlpi_phdr[i].p_memsz);
	if (info->dlpi_name != NULL && info->dlpi_name[0] != '\0' &&
	    stat(info->dlpi_name, &status) == 0) {
		digest_add_number(digest, (uint64_t)status.st_size);
		digest_add_number(digest, (uint64_t)status.st_mtim.tv_sec);
		digest_add_number(digest, (uint64_t)status.st_mtim.tv_nsec);
	}
	return 0;
}

/* A font draws as a library does; one that comes or goes changes cards. */
static void add_font(struct digest *digest)
{
	const char *font = card_font();
	struct stat status;

	if (font == NULL || stat(font, &status) != 0)
		return;
	digest_add(digest, str_from_c(font));
	digest_add_number(digest, (uint64_t)status.st_size);
	digest_add_number(digest, (uint64_t)status.st_mtim.tv_sec);
}

struct digest record_version(void)
{
	struct digest digest = { 0 };
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	digest_add_number(&digest, RECORD_FORMAT);
	digest_add(&digest, STR(JIYUE_VERSION));
	dl_iterate_phdr(add_library, &digest);
	add_font(&digest);
	if (file < 0)
		return digest;
	add_file(&digest, file);
	close(file);
	return digest;
}
