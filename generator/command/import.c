/*
 * Takes over what stands elsewhere: the result is what was done with each
 * file, one line each, on standard output; the sums are talk.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "base/unicode.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "import/import.h"
#include "import/place_names.h"
#include "system/folder.h"
#include "system/reason.h"

const struct command_usage usage_import = {
	.name = "import",
	.letters = "lyimeah",
	.about = N_("Takes over old texts into the work tree: KIND is html (a "
		    "mirror of an old site), markdown (a tree of Hugo, Jekyll "
		    "or Hexo), table (a CSV or JSON export) or word (a .docx "
		    "file), FROM a folder or file. It prints what became of "
		    "each; a later run takes over what is new and leaves what "
		    "was changed by hand."),
	.arguments = "KIND FROM",
	.example = "html mirror/old.example.cn --unit szf --base "
		   "https://old.example.cn",
};

static const struct kind {
	const char *name;
	import_kind *run;
	bool archives; /* unless the map says otherwise */
} kinds[] = {
	{ "html", import_html, true },
	{ "markdown", import_markdown, false },
	{ "table", import_table, false },
	{ "word", import_word, false },
};

/* --- what is told --------------------------------------------------------- */

static const char *const event_words[IMPORT_EVENT_COUNT] = {
	[IMPORT_WRITTEN] = N_("written"), [IMPORT_SAME] = N_("same"),
	[IMPORT_KEPT] = N_("kept"),	  [IMPORT_LEFT_OUT] = N_("left out"),
	[IMPORT_NOTE] = N_("note"),
};

/* Names of files may have what no terminal should be sent. */
static void print_clean(str text)
{
	size_t at = 0;

	while (at < text.len) {
		size_t start = at;
		uint32_t code = unicode_next(text, &at);

		if (code == '\n' || code == '\t' || unicode_is_unsafe(code))
			putchar(' ');
		else
			fwrite(text.data + start, 1, at - start, stdout);
	}
}

static void tell(void *context, enum import_event event, str from, str text)
{
	(void)context;
	if (event == IMPORT_SAME)
		return;
	printf("%s: ", _(event_words[event]));
	print_clean(from);
	printf(": ");
	print_clean(text);
	putchar('\n');
}

static void tell_sums(const struct import *import)
{
	for (size_t i = 0; i < IMPORT_EVENT_COUNT; i++)
		if (import->counts[i] > 0)
			fprintf(stderr, "%s: %zu\n", _(event_words[i]),
				import->counts[i]);
}

/* --- the map -------------------------------------------------------------- */

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	(void)number;
	(void)arena;
	*out = *(const struct source *)context;
	return true;
}

static void tell_mistakes(struct diag_list *mistakes, struct source *source)
{
	const struct source_reader reader = { .context = source,
					      .read = read_source };
	struct buf text;

	diag_resolve(mistakes, &reader);
	diag_sort(mistakes);
	buf_init(&text, mistakes->arena);
	diag_print(&text, mistakes, &reader);
	fwrite(text.data, 1, text.len, stderr);
}

/* 0, or the exit code of a mistake. */
static int read_map(struct import_map *out, const char *path,
		    struct import *import)
{
	struct source source = { .path = str_from_c(path) };
	struct diag_list mistakes;

	*out = (struct import_map){ 0 };
	if (path == NULL)
		return EXIT_CLEAN;
	diag_list_init(&mistakes, import->arena);
	if (!folder_read_path(&source.text, path, IMPORT_MAP_LIMIT,
			      import->arena)) {
		diag_failure(import->diags, "import", _("cannot read %s: %s"),
			     path, reason_text(errno));
		return EXIT_FAILED;
	}
	if (unicode_unsafe_at(source.text, 0) != STR_NONE) {
		diag_failure(import->diags, "import",
			     _("%s: the map is no text in UTF-8"), path);
		return EXIT_FAILED;
	}
	if (import_map_read(out, &source, import->schema, import->arena,
			    &mistakes))
		return EXIT_CLEAN;
	tell_mistakes(&mistakes, &source);
	return EXIT_MISTAKES;
}

/* --- where it goes -------------------------------------------------------- */

static const struct site *owner_of(const struct cluster *cluster, str unit)
{
	for (size_t i = 0; i < cluster->count; i++)
		for (size_t k = 0; k < cluster->sites[i].units.count; k++)
			if (str_equal(cluster->sites[i].units.items[k], unit))
				return &cluster->sites[i];
	return NULL;
}

static bool is_place(str text, struct arena *arena)
{
	str part;

	if (text.len == 0)
		return false;
	while (str_split_next(&text, '/', &part))
		if (!str_equal(place_part(part, arena), part) || part.len == 0)
			return false;
	return true;
}

static bool set_place(struct import *import, const struct library *library,
		      const struct command_options *options)
{
	str unit = str_from_c(options->unit);
	const struct site *site = owner_of(&library->cluster, unit);

	import->in =
		options->in == NULL ? STR("imported") : str_from_c(options->in);
	import->folder =
		arena_printf(import->arena, "content/%.*s", STR_ARG(unit));
	if (unit.len == 0 || site == NULL) {
		diag_help(import->diags,
			  diag_error(import->diags, span_none(), "import",
				     unit.len == 0
					     ? _("whose texts they are is "
						 "missing: --unit UNIT")
					     : _("no site has the unit "
						 "“%.*s”"),
				     STR_ARG(unit)),
			  _("name one with --unit that “units:” of a site "
			    "has"));
		return false;
	}
	import->source = site->name;
	if (is_place(import->in, import->arena))
		return true;
	diag_help(import->diags,
		  diag_error(import->diags, span_none(), "import",
			     _("“%.*s” cannot be the folder of an import"),
			     STR_ARG(import->in)),
		  _("write small letters, digits and “-”, parts joined by "
		    "one “/”: jiuzhan/zwgk"));
	return false;
}

static const struct kind *find_kind(const char *name, struct diag_list *diags)
{
	struct buf names;

	buf_init(&names, diags->arena);
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
		buf_printf(&names, "%s%s", i == 0 ? "" : ", ", kinds[i].name);
	}
	diag_help(diags,
		  diag_error(diags, span_none(), "import",
			     _("there is no import of “%s”"), name),
		  _("it is one of: %.*s"), STR_ARG(buf_str(&names)));
	return NULL;
}

/* --- the run -------------------------------------------------------------- */

static void run(struct import *import, const struct kind *kind,
		const char *folder)
{
	import->library = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (import->library < 0) {
		diag_failure(import->diags, "import", _("cannot read %s: %s"),
			     folder, reason_text(errno));
		return;
	}
	import->shelf = (struct shelf){ .arena = import->arena,
					.folder = import->folder,
					.label = import->in };
	if (shelf_open(&import->shelf, import->library, import->diags)) {
		if (kind->run(import))
			tell_sums(import);
		if (!shelf_finish(&import->shelf, import->diags))
			fprintf(stderr, "%s\n",
				_("the next run will not know what this one "
				  "wrote"));
	}
	shelf_close(&import->shelf);
	close(import->library);
}

static int start(struct build *build, const struct command_options *options)
{
	struct library *library = &build->library;
	struct import_map map;
	struct import import = { .from = options->argument_2,
				 .base = str_from_c(options->base),
				 .map = &map,
				 .schema = &library->cluster.schema,
				 .tell = tell,
				 .arena = &build->arena,
				 .diags = &build->diags };
	const struct kind *kind = find_kind(options->argument, &build->diags);
	int code;

	if (kind == NULL || !library_read_settings(library, &build->diags))
		return EXIT_CLEAN; /* the messages know better */
	library_settle_as_of(library);
	import.offset = library->cluster.platform.offset;
	import.type = schema_find(import.schema, STR("news"));
	import.archived =
		moment_from_seconds(library->as_of.seconds, import.offset);
	if (!set_place(&import, library, options))
		return EXIT_CLEAN;
	code = read_map(&map, options->map, &import);
	if (code != EXIT_CLEAN)
		return code;
	if (!map.says_archive)
		map.archive = kind->archives;
	run(&import, kind, options->build.library.folder);
	return EXIT_CLEAN;
}

int command_import(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	int code = EXIT_CLEAN;
	int told;

	if (!options_parse(&options, &usage_import, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	options.build.library.worktree = true;
	if (build_open_library(&build, &options.build))
		code = start(&build, &options);
	told = messages_finish(&build);
	build_close(&build);
	return told > code ? told : code;
}
