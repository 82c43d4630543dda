#include "support/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

const char *temporary_make(struct arena *arena)
{
	const char *above = getenv("JIYUE_SCRATCH");
	char template[PATH_MAX];
	char *real;
	str path;

	if (above == NULL)
		above = "build";
	if (mkdir(above, 0777) < 0)
		assert_int_equal(errno, EEXIST);
	assert_in_range(
		snprintf(template, sizeof(template), "%s/test-XXXXXX", above),
		1, sizeof(template) - 1);
	assert_non_null(mkdtemp(template));
	real = realpath(template, NULL);
	assert_non_null(real);
	path = arena_copy(arena, str_from_c(real));
	free(real);
	return path.data;
}

static int remove_entry(const char *path, const struct stat *info, int type,
			struct FTW *place)
{
	(void)info;
	(void)type;
	(void)place;
	return remove(path);
}

void temporary_remove(const char *folder)
{
	assert_int_equal(nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS),
			 0);
}

int temporary_open(const char *folder)
{
	int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	assert_true(descriptor >= 0);
	return descriptor;
}

const char *temporary_path(struct arena *arena, const char *folder,
			   const char *path)
{
	return arena_printf(arena, "%s/%s", folder, path).data;
}

static void make_parents(char *path)
{
	for (char *at = strchr(path + 1, '/'); at != NULL;
	     at = strchr(at + 1, '/')) {
		*at = '\0';
		if (mkdir(path, 0777) < 0)
			assert_int_equal(errno, EEXIST);
		*at = '/';
	}
}

void temporary_write(const char *folder, const char *path, str data)
{
	char full[PATH_MAX];
	FILE *file;

	assert_true(snprintf(full, sizeof(full), "%s/%s", folder, path) <
		    (int)sizeof(full));
	make_parents(full);
	file = fopen(full, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(data.data, 1, data.len, file), data.len);
	assert_int_equal(fclose(file), 0);
}

str temporary_read(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat info;
	char *data;

	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &info), 0);
	data = arena_alloc(arena, (size_t)info.st_size + 1);
	assert_int_equal(fread(data, 1, (size_t)info.st_size, file),
			 info.st_size);
	fclose(file);
	return (str){ data, (size_t)info.st_size };
}
