#include "plan/unowned_files.h"

/* The first shared file of a unit that no site owns speaks for all. */
static void report_unowned(str unit, size_t file, struct diag_list *diags)
{
	struct diag *diag = diag_warning(
		diags, (struct span){ (uint32_t)file, 0, 0 },
		"resource-no-owner",
		_("no site owns the unit “%.*s”: its shared files are not "
		  "published"),
		STR_ARG(unit));

	diag_help(diags, diag, _("name the unit in the “units” of a site"));
}

void unowned_files_report(const struct plan_options *options,
			  struct arena *arena, struct diag_list *diags)
{
	const struct snapshot *snapshot = options->snapshot;
	const struct cluster *cluster = options->arrangement->cluster;
	size_t file, behind;

	/* the owner may be a site whose settings cannot be read */
	if (options->attachments == NULL || cluster->broken.count > 0)
		return;
	snapshot_range(snapshot, STR("content/"), &file, &behind);
	while (file < behind) {
		str rest = str_from(snapshot_path(snapshot, file),
				    STR("content/").len);
		size_t slash = str_find_byte(rest, '/');
		str unit = str_between(rest, 0, slash);
		size_t first, end;

		if (slash == STR_NONE) {
			file++;
			continue;
		}
		snapshot_range(snapshot,
			       arena_printf(arena, "content/%.*s/_files/",
					    STR_ARG(unit)),
			       &first, &end);
		if (first < end && cluster_owner(cluster, unit) == NULL)
			report_unowned(unit, first, diags);
		snapshot_range(
			snapshot,
			arena_printf(arena, "content/%.*s/", STR_ARG(unit)),
			&first, &file);
	}
}
