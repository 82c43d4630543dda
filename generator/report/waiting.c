/*
 * A row is made of the verdict about the text as it is written now: what
 * readers see is an earlier version, of which nothing is asked any more.
 */
#include "report/waiting.h"

#include <stdlib.h>

#include "library/takedown.h"
#include "report/inspection.h"

static const struct sheet_column columns[] = {
	{ .key = "site", .label = "站点", .is_short = true },
	{ .key = "path", .label = "文件" },
	{ .key = "title", .label = "标题" },
	{ .key = "step", .label = "待办环节", .is_short = true },
	{ .key = "role", .label = "角色", .is_hidden = true },
	{ .key = "who", .label = "经办人" },
	{ .key = "since", .label = "等待起始", .is_short = true },
	{ .key = "shown", .label = "公众所见", .is_short = true },
	{ .key = "commit", .label = "已发布版本", .is_id = true },
	{ .key = "blob", .label = "待审内容", .is_hidden = true },
};

static const char *const steps[] = {
	[ROLE_WRITER] = "",	   [ROLE_FIRST] = "初审",
	[ROLE_SECOND] = "复审",	   [ROLE_FINAL] = "终审",
	[ROLE_PUBLISHER] = "发布", [ROLE_COUNT] = "未设置审核人员",
};

str waiting_column(const struct waiting_input *input, uint32_t file)
{
	const struct arrangement *arrangement = input->arrangement;
	uint32_t number = catalog_find_path(
		arrangement->catalog, snapshot_path(input->snapshot, file));
	struct placement placement;

	if (number == RESOURCE_NONE)
		return STR("");
	placement = arrangement_of(arrangement, number);
	return placement.column == NULL ? STR("") : placement.column->path;
}

/* The newest of: it was written, a step was taken. */
static str since(const struct waiting_input *input,
		 const struct review_wait *wait,
		 const struct review_verdict *verdict, struct arena *arena)
{
	struct moment moment = input->history[wait->file].changed;
	struct buf text;

	if (verdict->last != INT64_MIN &&
	    (!moment.is_set || verdict->last > moment.seconds))
		moment = moment_from_seconds(
			verdict->last,
			input->arrangement->cluster->platform.offset);
	buf_init(&text, arena);
	if (moment.is_set)
		moment_format(&text, moment, STR("%Y-%m-%d %H:%M"));
	return buf_str(&text);
}

/* As it is written now, be it nowhere on a page yet. */
static str title_of(const struct waiting_input *input, uint32_t file,
		    struct arena *arena)
{
	struct diag_list ignored;
	str text;

	diag_list_init(&ignored, arena);
	if (!snapshot_read(&text, input->reader, file, arena, &ignored))
		return STR("");
	return takedown_title(text, input->arrangement->catalog->schema);
}

static const char *shown(const struct review_wait *wait)
{
	if (wait->is_down)
		return "已撤下";
	if (wait->beside != NULL)
		return "附件为已审版本";
	return wait->is_shown ? "上一版本" : "未发布";
}

static void add_row(struct sheet *out, struct sheet_table *table,
		    const struct waiting_input *input,
		    const struct review_wait *wait)
{
	const struct site *site = reviews_asker(
		input->reviews, snapshot_path(input->snapshot, wait->file));
	const uint8_t *blob =
		(const uint8_t *)snapshot_blob(input->snapshot, wait->file)
			.data;
	struct arena *arena = out->arena;
	struct review_verdict verdict;

	reviews_judge_wait(&verdict, input->reviews, site, blob, wait);
	{
		const str cells[COUNT_OF(columns)] = {
			site->id,
			snapshot_path(input->snapshot, wait->file),
			title_of(input, wait->file, arena),
			str_from_c(steps[verdict.next]),
			verdict.next == ROLE_COUNT
				? STR("")
				: str_from_c(role_names[verdict.next]),
			roles_takers_text(reviews_roles(input->reviews, site),
					  verdict.next,
					  waiting_column(input, wait->file),
					  arena),
			since(input, wait, &verdict, arena),
			str_from_c(shown(wait)),
			wait->shown,
			review_id_text(blob, arena),
		};

		for (size_t i = 0; i < COUNT_OF(cells); i++)
			sheet_add_cell(out, table, cells[i]);
	}
}

static int compare(const void *left, const void *right)
{
	const struct review_wait *a = left;
	const struct review_wait *b = right;

	return (a->file > b->file) - (a->file < b->file);
}

static bool is_wanted(const struct waiting_input *input,
		      const struct review_wait *wait)
{
	const struct site *site = reviews_asker(
		input->reviews, snapshot_path(input->snapshot, wait->file));

	return !wait->is_down &&
	       (input->site == NULL || str_equal_c(site->id, input->site));
}

static size_t add_rows(struct sheet *out, struct sheet_table *table,
		       const struct waiting_input *input)
{
	const struct list *waiting = reviews_waiting(input->reviews);
	struct review_wait *sorted =
		arena_array(out->arena, waiting->count + 1, sizeof(*sorted));
	size_t rows = 0;

	if (waiting->count == 0)
		return 0;
	memcpy(sorted, waiting->items, waiting->count * sizeof(*sorted));
	qsort(sorted, waiting->count, sizeof(*sorted), compare);
	for (size_t i = 0; i < waiting->count; i++) {
		if (!is_wanted(input, &sorted[i]))
			continue;
		add_row(out, table, input, &sorted[i]);
		rows++;
	}
	return rows;
}

void waiting_make(struct sheet *out, const struct waiting_input *input,
		  struct arena *arena)
{
	struct sheet_table *table;
	size_t count = 0;

	sheet_init(out, "review", STR("待审信息清单"), arena);
	table = sheet_add_table(out, "waiting", "待审信息", columns,
				COUNT_OF(columns));
	if (input->reviews == NULL) {
		table->note = STR("没有站点设置审核（site.yaml 的 review）。");
		return;
	}
	count = add_rows(out, table, input);
	if (count == 0)
		table->note = STR("没有待审信息。");
	else
		table->note = STR("jiyue review diff 文件：与已发布版本对比；"
				  "jiyue review approve 文件：审核通过。");
}
