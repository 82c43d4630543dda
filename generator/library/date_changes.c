#include "library/date_changes.h"

#include "library/takedown.h"

/* --- the log -------------------------------------------------------------- */

/* The day before; of one that was not published, or has none, nothing. */
static str note_date(void *context, str before, str after, struct arena *arena)
{
	const struct catalog *catalog = context;
	str was = takedown_date(before, catalog->schema);
	struct takedown down = takedown_written(before, catalog->schema);

	(void)arena;
	takedown_check(&down, catalog->offset);
	if (down.status.len > 0 || down.disclosure.len > 0 ||
	    str_equal(was, takedown_date(after, catalog->schema)))
		return STR("");
	return was;
}

bool date_changes_log(struct edit_log *log, const struct catalog *catalog,
		      const struct snapshot *snapshot, struct diag_list *diags)
{
	const struct edit_reader reader = { (void *)catalog, note_date };

	return edit_log_read(log, snapshot, &reader, diags);
}

/* --- what it says of today ------------------------------------------------ */

/* The resource that the file is now; RESOURCE_NONE: none, or another file. */
static uint32_t resource_of(const struct catalog *catalog,
			    const struct date_history *history,
			    const struct edit_entry *entry)
{
	uint32_t number = catalog_find_path(catalog, entry->path);
	const struct file_history *file;

	if (number == RESOURCE_NONE)
		return catalog_find_path(catalog,
					 renames_follow(history->renames,
							catalog->snapshot,
							entry->path));
	if (history->history == NULL)
		return number;
	file = &history->history[catalog_file(catalog, number)];
	return file->created.is_set && entry->seconds < file->created.seconds
		       ? RESOURCE_NONE
		       : number;
}

/* Was it out when the commit changed it? */
static bool read_change(struct date_change *out, const struct catalog *catalog,
			const struct edit_entry *entry)
{
	struct moment was;

	if (!moment_parse(&was, entry->note, catalog->offset))
		return false;
	out->was = moment_date(was);
	out->when = moment_from_seconds(entry->seconds, catalog->offset);
	return moment_is_valid(&out->when) &&
	       date_compare(out->was, moment_date(out->when)) <= 0;
}

void date_changes_list(struct list *out, const struct catalog *catalog,
		       const struct date_history *history, struct arena *arena)
{
	const struct edit_entry *entries = history->log->entries.items;
	struct map seen; /* by path of today: the first change alone counts */

	list_init(out, sizeof(struct date_change));
	map_init(&seen, arena);
	for (size_t i = 0; i < history->log->entries.count; i++) {
		struct date_change change = { 0 };
		struct resource resource;

		change.resource = resource_of(catalog, history, &entries[i]);
		if (change.resource == RESOURCE_NONE ||
		    !read_change(&change, catalog, &entries[i]))
			continue;
		catalog_get(&resource, catalog, change.resource);
		if (!map_add(&seen, resource.path, out) ||
		    date_compare(moment_date(resource.date), change.was) == 0)
			continue;
		*(struct date_change *)list_add(out, arena) = change;
	}
}
