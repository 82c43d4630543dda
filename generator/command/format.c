/*
 * Writes the front matter of resources in the work tree as everybody would
 * write it. A file whose front matter has mistakes stays as it is, and so does
 * one that is a link, or was written while it was read.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "editor/format.h"
#include "markup/yaml.h"
#include "system/reason.h"
#include "system/replace.h"

const struct command_usage usage_format = {
	.name = "format",
	.letters = "lqh",
	.more = (const int[]){ OPTION_CHECK, 0 },
	.about = N_("Puts the fields of front matter into the order of their "
		    "type and writes quotes where they are needed; comments "
		    "and texts stay. PATH is a file or folder below content/ "
		    "(default: all of it). It prints the files that it "
		    "changes."),
	.arguments = "[PATH...]",
	.example = "content/jyj/tzgg",
};

struct formatting {
	const struct command_options *options;
	struct build *build;
	struct folder folder;
	struct arena scratch; /* of one file */
	str parent;	      /* the folder of the file before */
	str inherited;	      /* the type that files in it have */
	size_t changed;
};

/* --- the type that a folder gives ----------------------------------------- */

static str type_in(struct formatting *formatting, str folder)
{
	struct library *library = &formatting->build->library;
	str path = arena_printf(&formatting->scratch, "%.*s/_defaults.yaml",
				STR_ARG(folder));
	size_t file = snapshot_find(&library->snapshot, path);
	struct diag_list unsaid; /* a check says it */
	struct yaml_node mapping;
	struct source source;

	diag_list_init(&unsaid, &formatting->scratch);
	if (file == STR_NONE ||
	    !snapshot_read_text(&source, library->reader, file,
				&formatting->scratch, &unsaid) ||
	    !yaml_parse(&mapping, &source, 0, source.text.len,
			YAML_FRONT_MATTER_LIMIT, &formatting->scratch, &unsaid))
		return STR("");
	return yaml_text(&mapping, "type");
}

static str inherited_type(struct formatting *formatting, str path)
{
	str parent = str_between(path, 0, str_find_last_byte(path, '/'));
	str type = STR("");

	if (str_equal(parent, formatting->parent))
		return formatting->inherited;
	formatting->parent = parent;
	for (str at = parent; type.len == 0 && at.len > 0;) {
		size_t slash = str_find_last_byte(at, '/');

		type = type_in(formatting, at);
		at = slash == STR_NONE ? STR("") : str_between(at, 0, slash);
	}
	formatting->inherited = arena_copy(&formatting->build->arena, type);
	return formatting->inherited;
}

/* --- one file ------------------------------------------------------------- */

static void report_failed(struct formatting *formatting, str path)
{
	struct diag_list *diags = &formatting->build->diags;

	if (errno == EBUSY)
		diag_failure(diags, "format",
			     _("%.*s was written by somebody else just now; it "
			       "stays as it is"),
			     STR_ARG(path));
	else
		diag_failure(diags, "format", _("cannot change %.*s: %s"),
			     STR_ARG(path), reason_text(errno));
}

static void write_out(struct formatting *formatting, str path, str before,
		      str after)
{
	if (!formatting->options->check &&
	    !replace_file(&formatting->folder, path, before, after)) {
		report_failed(formatting, path);
		return;
	}
	formatting->changed++;
	printf("%.*s\n", STR_ARG(path));
}

static void format_one(struct formatting *formatting, size_t file)
{
	struct library *library = &formatting->build->library;
	struct diag_list *diags = &formatting->build->diags;
	struct format_file form = { .schema = &library->cluster.schema };
	str path = snapshot_path(&library->snapshot, file);
	str after;

	if (!replace_read(&form.bytes, &formatting->folder, path,
			  &formatting->scratch)) {
		report_failed(formatting, path);
		return;
	}
	if (!snapshot_read_text(&form.source, library->reader, file,
				&formatting->scratch, diags))
		return;
	form.type = inherited_type(formatting, path);
	if (format_file(&after, &form, &formatting->scratch, diags) &&
	    !str_equal(after, form.bytes))
		write_out(formatting, path, form.bytes, after);
}

/* --- which files ---------------------------------------------------------- */

static size_t format_range(struct formatting *formatting, size_t first,
			   size_t behind)
{
	const struct snapshot *snapshot = &formatting->build->library.snapshot;
	size_t count = 0;

	for (size_t i = first; i < behind; i++) {
		if (!snapshot_is_resource(snapshot_path(snapshot, i)))
			continue;
		format_one(formatting, i);
		arena_reset(&formatting->scratch);
		count++;
	}
	return count;
}

static void report_nothing(struct formatting *formatting, const char *path)
{
	struct diag_list *diags = &formatting->build->diags;

	diag_help(diags,
		  diag_error(diags, span_none(), "format",
			     _("there is no resource at “%s”"), path),
		  _("name a Markdown file or a folder below content/, as "
		    "messages do: content/jyj/tzgg; links are not "
		    "followed"));
}

static void format_path(struct formatting *formatting, const char *text)
{
	const struct snapshot *snapshot = &formatting->build->library.snapshot;
	struct arena *arena = &formatting->build->arena;
	str path = str_from_c(text);
	size_t first, behind, file;

	while (str_starts_with(path, STR("./")))
		path = str_from(path, 2);
	while (path.len > 0 && path.data[path.len - 1] == '/')
		path.len--;
	if (path.len == 0 || str_equal_c(path, "."))
		path = STR("content");
	file = snapshot_find(snapshot, path);
	if (file != STR_NONE) {
		first = file;
		behind = file + 1;
	} else {
		path = arena_printf(arena, "%.*s/", STR_ARG(path));
		snapshot_range(snapshot, path, &first, &behind);
	}
	if (format_range(formatting, first, behind) == 0)
		report_nothing(formatting, text);
}

static void format_all(struct formatting *formatting)
{
	const struct command_options *options = formatting->options;
	struct build *build = formatting->build;
	int root = open(options->build.library.folder,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (root < 0) {
		diag_failure(&build->diags, "format",
			     _("cannot read the library: %s"),
			     reason_text(errno));
		return;
	}
	folder_init(&formatting->folder, root);
	arena_init(&formatting->scratch);
	if (options->rest_count == 0)
		format_path(formatting, "content");
	for (size_t i = 0; i < options->rest_count; i++)
		format_path(formatting, options->rest[i]);
	arena_release(&formatting->scratch);
	folder_release(&formatting->folder);
	close(root);
}

int command_format(int argc, char **argv)
{
	struct command_options options;
	struct formatting formatting = { .options = &options };
	struct build build;
	int code;

	if (!options_parse(&options, &usage_format, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	options.build.library.worktree = true;
	formatting.build = &build;
	if (build_open_library(&build, &options.build) &&
	    library_read_settings(&build.library, &build.diags))
		format_all(&formatting);
	code = messages_finish(&build);
	build_close(&build);
	return code == EXIT_CLEAN && options.check && formatting.changed > 0
		       ? EXIT_MISTAKES
		       : code;
}
