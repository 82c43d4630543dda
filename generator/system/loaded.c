/*
 * The loader names the files that it has mapped, so this is what runs and not
 * what was asked for when the program was made. Files are looked up in the
 * lists that dpkg keeps (dpkg-query(1)): its versions are those that security
 * advisories speak of. On a system without dpkg the file's name has to do.
 */
#include "system/loaded.h"

#include <dirent.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/list.h"
#include "system/folder.h"

#define DPKG "/var/lib/dpkg"

enum { LISTS_LIMIT = 64 << 20 };

struct gathering {
	struct list libraries; /* struct loaded_library */
	struct list wanted;    /* str: what the program itself asks for */
	struct arena *arena;
};

static str last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return str_from_c(slash == NULL ? path : slash + 1);
}

static bool has(str text, str part)
{
	return str_find(text, part) < text.len;
}

/* --- what is loaded --- */

/* Most loaders make addresses of what are distances in the file. */
static const char *texts_at(const struct dl_phdr_info *info, ElfW(Addr) at)
{
	return (const char *)(at < info->dlpi_addr ? info->dlpi_addr + at : at);
}

static void note_wanted(struct gathering *gathering,
			const struct dl_phdr_info *info,
			const ElfW(Phdr) * header)
{
	const ElfW(Dyn) *table =
		(const ElfW(Dyn) *)(info->dlpi_addr + header->p_vaddr);
	const char *texts = NULL;

	for (const ElfW(Dyn) *row = table; row->d_tag != DT_NULL; row++)
		if (row->d_tag == DT_STRTAB)
			texts = texts_at(info, row->d_un.d_ptr);
	for (const ElfW(Dyn) *row = table;
	     texts != NULL && row->d_tag != DT_NULL; row++)
		if (row->d_tag == DT_NEEDED)
			*(str *)list_add(&gathering->wanted, gathering->arena) =
				str_from_c(texts + row->d_un.d_val);
}

static void note_program(struct gathering *gathering,
			 const struct dl_phdr_info *info)
{
	for (size_t i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_DYNAMIC)
			note_wanted(gathering, info, &info->dlpi_phdr[i]);
}

static void note_library(struct gathering *gathering, const char *path)
{
	char *real = realpath(path, NULL);
	struct loaded_library *library;

	if (real == NULL) /* the kernel's own, which is in no file */
		return;
	library = list_add(&gathering->libraries, gathering->arena);
	library->path = arena_c_string(gathering->arena, str_from_c(real));
	library->soname = arena_copy(gathering->arena, last_part(path));
	free(real);
}

/* The program comes first, and has no name. */
static int note(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size;
	if (info->dlpi_name == NULL || info->dlpi_name[0] == '\0')
		note_program(context, info);
	else
		note_library(context, info->dlpi_name);
	return 0;
}

/* --- whose it is --- */

/* /lib is /usr/lib, and lists have either. */
static str without_usr(str path)
{
	return str_starts_with(path, STR("/usr/")) ? str_from(path, 4) : path;
}

/* "libc6:amd64.list" or "mawk.list" */
static void take_over(struct loaded_library *library, str name,
		      struct arena *arena)
{
	size_t colon = str_find_byte(name, ':');

	library->package = arena_copy(arena, str_between(name, 0, colon));
	if (colon < name.len)
		library->architecture =
			arena_copy(arena, str_from(name, colon + 1));
}

static void look_through(struct gathering *gathering, str text, str name)
{
	struct loaded_library *libraries = gathering->libraries.items;
	str line;

	while (str_split_next(&text, '\n', &line)) {
		if (!has(line, STR(".so")) && !has(line, STR("ld-")))
			continue;
		for (size_t i = 0; i < gathering->libraries.count; i++)
			if (str_equal(
				    without_usr(line),
				    without_usr(str_from_c(libraries[i].path))))
				take_over(&libraries[i], name,
					  gathering->arena);
	}
}

static void look_through_lists(struct gathering *gathering)
{
	static const str ending = { ".list", 5 };
	DIR *folder = opendir(DPKG "/info");
	struct dirent *entry;
	struct arena scratch;

	if (folder == NULL)
		return;
	arena_init(&scratch);
	while ((entry = readdir(folder)) != NULL) {
		str name = str_from_c(entry->d_name);
		int file;
		str text;

		if (!str_ends_with(name, ending))
			continue;
		file = openat(dirfd(folder), entry->d_name,
			      O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
		if (folder_read_open(&text, file, LISTS_LIMIT, &scratch))
			look_through(
				gathering, text,
				str_between(name, 0, name.len - ending.len));
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	closedir(folder);
}

/* --- which version --- */

static bool take_field(str *out, str line, str key)
{
	if (!str_starts_with(line, key))
		return false;
	*out = str_trim(str_from(line, key.len));
	return true;
}

static void give_version(struct gathering *gathering, str name,
			 str architecture, str version)
{
	struct loaded_library *libraries = gathering->libraries.items;

	for (size_t i = 0; i < gathering->libraries.count; i++) {
		struct loaded_library *library = &libraries[i];

		if (!str_equal(library->package, name) ||
		    (library->architecture.len > 0 &&
		     !str_equal(library->architecture, architecture)))
			continue;
		library->version = version;
		library->architecture = architecture;
	}
}

/* Paragraphs with an empty line between; "Package" comes before the others. */
static void read_versions(struct gathering *gathering)
{
	str text, line;
	str name = STR(""), architecture = STR(""), version = STR("");

	if (!folder_read_path(&text, DPKG "/status", LISTS_LIMIT,
			      gathering->arena))
		return;
	while (str_split_next(&text, '\n', &line)) {
		if (take_field(&name, line, STR("Package: ")))
			architecture = version = STR("");
		else if (!take_field(&architecture, line,
				     STR("Architecture: ")))
			take_field(&version, line, STR("Version: "));
		if (line.len == 0)
			give_version(gathering, name, architecture, version);
	}
	give_version(gathering, name, architecture, version);
}

/* "libcmark.so.0.30.2": what stands behind ".so." in the name of the file. */
static void guess_version(struct loaded_library *library)
{
	str name = last_part(library->path);
	size_t at = str_find(name, STR(".so."));

	if (library->version.len == 0 && at < name.len)
		library->version = str_from(name, at + 4);
}

static int compare(const void *left, const void *right)
{
	const struct loaded_library *a = left;
	const struct loaded_library *b = right;

	return str_compare(a->soname, b->soname);
}

static bool is_wanted(const struct gathering *gathering, str soname)
{
	const str *wanted = gathering->wanted.items;

	for (size_t i = 0; i < gathering->wanted.count; i++)
		if (str_equal(wanted[i], soname))
			return true;
	return false;
}

struct loaded_library *loaded_libraries(size_t *count, struct arena *arena)
{
	struct gathering gathering = { .arena = arena };
	struct loaded_library *libraries;

	list_init(&gathering.libraries, sizeof(*libraries));
	list_init(&gathering.wanted, sizeof(str));
	dl_iterate_phdr(note, &gathering);
	look_through_lists(&gathering);
	read_versions(&gathering);
	libraries = gathering.libraries.items;
	*count = gathering.libraries.count;
	for (size_t i = 0; i < *count; i++) {
		guess_version(&libraries[i]);
		libraries[i].is_direct =
			is_wanted(&gathering, libraries[i].soname);
	}
	qsort(libraries, *count, sizeof(*libraries), compare);
	return libraries;
}

str loaded_system(struct arena *arena)
{
	enum { LIMIT = 64 << 10 };
	str text, line;
	str id = STR("");

	if (!folder_read_path(&text, "/etc/os-release", LIMIT, arena))
		return id;
	while (str_split_next(&text, '\n', &line))
		if (take_field(&id, line, STR("ID=")))
			break;
	return id;
}
