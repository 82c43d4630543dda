/*
 * What the platform writes of words and days: the synonyms, the traditional
 * characters, the holidays of each year. Each file counts by itself in its
 * newest version without mistakes; one without such a version counts as not
 * there.
 */
#include "site/cluster_reader.h"

/* The files of a kind, which fill in one value together. */
struct word_files {
	const char *folder;
	bool (*has)(str path);
	void (*init)(void *out, struct arena *arena);
	bool (*read)(void *out, const struct source *source,
		     struct arena *arena, struct diag_list *diags);
};

static bool has_synonyms(str path)
{
	return str_equal(path, STR(SYNONYMS_PATH));
}

static void init_synonyms(void *out, struct arena *arena)
{
	synonyms_init(out, arena);
}

static bool read_synonyms(void *out, const struct source *source,
			  struct arena *arena, struct diag_list *diags)
{
	return synonyms_read(out, source, arena, diags);
}

static bool has_traditional(str path)
{
	return str_equal(path, STR(TRADITIONAL_PATH));
}

static void init_traditional(void *out, struct arena *arena)
{
	(void)arena;
	traditional_init(out);
}

static bool read_traditional(void *out, const struct source *source,
			     struct arena *arena, struct diag_list *diags)
{
	return traditional_read(out, source, arena, diags);
}

static bool has_holidays(str path)
{
	int16_t year;

	return holidays_path_year(&year, path);
}

static void init_holidays(void *out, struct arena *arena)
{
	(void)arena;
	holidays_init(out);
}

static bool read_holidays(void *out, const struct source *source,
			  struct arena *arena, struct diag_list *diags)
{
	return holidays_read(out, source, arena, diags);
}

static const struct word_files synonym_files = { "sites/vocabulary/",
						 has_synonyms, init_synonyms,
						 read_synonyms };
static const struct word_files traditional_files = {
	"sites/vocabulary/", has_traditional, init_traditional, read_traditional
};
static const struct word_files holiday_files = { HOLIDAYS_FOLDER, has_holidays,
						 init_holidays, read_holidays };

static bool read_file(void *out, const struct word_files *kind,
		      const struct cluster_reader *reader,
		      struct snapshot_reader *files, size_t file,
		      struct diag_list *diags)
{
	struct source source;

	return snapshot_read_text(&source, files, file, reader->arena, diags) &&
	       kind->read(out, &source, reader->arena, diags);
}

static bool has_number(const struct list *files, size_t file)
{
	const uint32_t *numbers = files->items;

	for (size_t i = 0; i < files->count; i++)
		if (numbers[i] == file)
			return true;
	return false;
}

/* All but those in the list, which gets those with mistakes. */
static void read_all(void *out, const struct word_files *kind,
		     const struct cluster_reader *reader,
		     const struct list *without, struct list *broken,
		     struct diag_list *diags)
{
	size_t first, behind;

	kind->init(out, reader->arena);
	snapshot_range(reader->snapshot, str_from_c(kind->folder), &first,
		       &behind);
	for (; first < behind; first++)
		if (kind->has(snapshot_path(reader->snapshot, first)) &&
		    !has_number(without, first) &&
		    !read_file(out, kind, reader, reader->files, first, diags))
			cluster_add_file(broken, first, reader->arena);
}

static void read_kind(void *out, const struct word_files *kind,
		      struct cluster_reader *reader)
{
	struct list none, broken;
	struct diag_list ignored;

	list_init(&none, sizeof(uint32_t));
	list_init(&broken, sizeof(uint32_t));
	read_all(out, kind, reader, &none, &broken, reader->diags);
	if (broken.count == 0 || reader->diags->failed)
		return;
	cluster_mend(reader, &broken);
	diag_list_init_part(&ignored, reader->arena, reader->diags);
	read_all(out, kind, reader, &broken, &none, &ignored);
}

void cluster_read_words(struct cluster *cluster, struct cluster_reader *reader)
{
	read_kind(&cluster->synonyms, &synonym_files, reader);
	read_kind(&cluster->traditional, &traditional_files, reader);
	read_kind(&cluster->holidays, &holiday_files, reader);
	holidays_freeze(&cluster->holidays);
}

bool cluster_try_words(bool *is_correct, const struct cluster_reader *reader,
		       str path, struct snapshot_reader *files, size_t file,
		       struct diag_list *diags)
{
	struct synonyms synonyms;
	struct traditional traditional;
	struct holidays holidays;

	if (has_synonyms(path)) {
		synonyms_init(&synonyms, reader->arena);
		*is_correct = read_file(&synonyms, &synonym_files, reader,
					files, file, diags);
	} else if (has_traditional(path)) {
		*is_correct = read_file(&traditional, &traditional_files,
					reader, files, file, diags);
	} else if (has_holidays(path)) {
		holidays_init(&holidays);
		*is_correct = read_file(&holidays, &holiday_files, reader,
					files, file, diags);
	} else
		return false;
	return true;
}
