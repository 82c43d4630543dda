/*
 * The root of every page: site, page, navigation, breadcrumbs. All pages go
 * through here, so the head, the address, the budget of the template and what
 * is said when it runs over are in one place, and no kind of page can leave
 * them out.
 */
#include "markup/markdown_guard.h"
#include "plan/cards.h"
#include "plan/permalink.h"
#include "render/page_frame.h"
#include "render/view.h"
#include "render/wording.h"
#include "theme/css_mirror.h"

static struct value site_links(const struct render_job *job,
			       struct leaves *leaves)
{
	const struct site *site = job->site->site;
	struct render_job settled = *job; /* PART_SITE has where they lead */
	struct value *items =
		arena_array(job->arena, site->link_count, sizeof(*items));

	settled.dependencies = NULL;
	for (size_t i = 0; i < site->link_count; i++)
		items[i] = view_link(
			&settled, site->links[i].name,
			leaves_guard(leaves, &settled, site->links[i].url));
	return value_list(items, site->link_count);
}

static struct value view_site(const struct render_job *job,
			      const struct page_frame *frame,
			      struct leaves *leaves)
{
	struct value values[SITE_FIELDS];

	memcpy(values, frame->site_values, sizeof(values));
	/* each leads out, with a notice of its own: one page has them */
	if (job->page->kind == PAGE_HOME)
		values[SITE_LINKS] = site_links(job, leaves);
	return view_object(job, &site_shape, values);
}

/* --- breadcrumbs: the columns above, below the home page --- */

static struct value view_breadcrumbs(const struct render_job *job,
				     const struct page_head *head)
{
	const struct column *trail[COLUMN_DEPTH_LIMIT];
	struct list items;
	size_t depth = 0;

	list_init(&items, sizeof(struct value));
	for (const struct column *column = job->page->column; column != NULL;
	     column = column->parent)
		trail[depth++] = column;
	while (depth-- > 0)
		*(struct value *)list_add(&items, job->arena) = view_link(
			job, trail[depth]->name,
			permalink_address(
				permalink_column_path(trail[depth], job->arena),
				job->arena));
	if (job->page->kind != PAGE_LIST && head->title.len > 0)
		*(struct value *)list_add(&items, job->arena) =
			view_link(job, head->title, STR(""));
	return value_list(items.items, items.count);
}

/* --- the page itself --- */

static void add_stamp_text(struct buf *out, const struct render_job *job,
			   struct value stamp)
{
	if (stamp.kind == VALUE_OBJECT)
		wording_add_title_stamp(
			out, job,
			stamp.as.object->values[STAMP_DATE].as.moment);
}

/* 标题（内容已保存 2024-05-01）-栏目-网站 */
static str full_title(const struct render_job *job,
		      const struct page_head *head)
{
	const struct column *column = job->page->column;
	struct buf title;

	buf_init(&title, job->arena);
	buf_add(&title, head->title);
	add_stamp_text(&title, job, head->stamp);
	if (title.len > 0)
		buf_add_byte(&title, '-');
	if (column != NULL && !str_equal(column->name, head->title))
		buf_printf(&title, "%.*s-", STR_ARG(column->name));
	buf_add(&title, job->site->site->name);
	return buf_str(&title);
}

static struct value feed(const struct render_job *job, str title, str path,
			 const char *name, const char *type)
{
	const struct value values[FEED_FIELDS] = {
		[FEED_TITLE] = value_text(title),
		[FEED_URL] = value_url(permalink_address(
			arena_printf(job->arena, "%.*s%s%s", STR_ARG(path),
				     path.len > 0 ? "/" : "", name),
			job->arena)),
		[FEED_TYPE] = value_text(str_from_c(type)),
	};

	return view_object(job, &feed_shape, values);
}

static struct value view_feeds(const struct render_job *job)
{
	const struct column *column = job->page->column;
	bool is_home = job->page->kind == PAGE_HOME;
	struct value *items = arena_array(job->arena, 2, sizeof(*items));
	str title, path;

	/* nothing comes to an archived one any more */
	if (column == NULL ? !is_home : column->is_archived)
		return value_list(items, 0);
	title = is_home ? job->site->site->name : column->name;
	path = is_home ? STR("") : column->path;
	items[0] = feed(job, title, path, "feed.xml", "application/atom+xml");
	items[1] = feed(job, title, path, "feed.json", "application/feed+json");
	/* beside a text one way to follow its column is enough */
	return value_list(items, job->page->resource == RESOURCE_NONE ? 2 : 1);
}

/* A page of English texts on a Chinese site is English. */
static str language_of(const struct render_job *job)
{
	const struct resource *resource =
		job->page->resource == RESOURCE_NONE
			? NULL
			: view_resource(job, job->page->resource);

	return resource != NULL && resource->lang.len > 0
		       ? resource->lang
		       : job->site->site->language;
}

/* Open Graph has a language with a country: the usual one, if none is named. */
static const char *const usual_locales[] = {
	"ar_AR", "de_DE", "en_US", "es_ES", "fa_IR", "fr_FR",
	"he_IL", "it_IT", "ja_JP", "kk_KZ", "ko_KR", "ms_MY",
	"pt_PT", "ru_RU", "th_TH", "ur_PK", "vi_VN", "zh_CN",
};

/* "pt-BR": a country stands last, in two letters; a script is none. */
static str country_of(str language)
{
	str part = STR("");

	while (str_split_next(&language, '-', &part))
		;
	return part.len == 2 ? part : STR("");
}

str view_locale(const struct render_job *job)
{
	str language = language_of(job);
	str rest = language;
	str main;

	if (!str_split_next(&rest, '-', &main))
		return STR("");
	if (rest.len > 0 && country_of(rest).len > 0)
		return arena_printf(job->arena, "%.*s_%.*s", STR_ARG(main),
				    STR_ARG(country_of(rest)));
	for (size_t i = 0; i < COUNT_OF(usual_locales); i++)
		if (str_starts_with(str_from_c(usual_locales[i]), main) &&
		    main.len == 2)
			return str_from_c(usual_locales[i]);
	return main;
}

/* By the main subtag: "ar-EG" is written from right to left. */
static str direction_of(str language)
{
	return language_is_rtl(language) ? STR("rtl") : STR("ltr");
}

static str card_of(const struct render_job *job)
{
	const struct arrangement *arrangement = job->context->plan->arrangement;
	str path = cards_path_for(arrangement->cluster, job->site->site,
				  job->page, arrangement->catalog, job->arena);

	return path.len == 0
		       ? path
		       : permalink_absolute(job->site->site, path, job->arena);
}

static struct value view_page(const struct render_job *job,
			      const struct page_head *head)
{
	const struct page *page = job->page;
	const char *kind = page_kinds[page->kind].name;
	str own = permalink_absolute(job->site->site, page->path, job->arena);
	const struct value values[PAGE_FIELD_COUNT] = {
		[PAGE_FIELD_KIND] = value_text(str_from_c(kind)),
		[PAGE_FIELD_TITLE] = value_text(head->title),
		[PAGE_FIELD_FULL_TITLE] = value_text(full_title(job, head)),
		[PAGE_FIELD_URL] =
			value_url(permalink_address(page->path, job->arena)),
		[PAGE_FIELD_CANONICAL] = value_url(
			head->canonical.len > 0 ? head->canonical : own),
		[PAGE_FIELD_DESCRIPTION] = value_text(head->description),
		[PAGE_FIELD_LANGUAGE] = value_text(language_of(job)),
		[PAGE_FIELD_DIRECTION] =
			value_text(direction_of(language_of(job))),
		[PAGE_FIELD_ALTERNATES] = head->alternates.kind == VALUE_NONE
						  ? value_list(NULL, 0)
						  : head->alternates,
		[PAGE_FIELD_IS_HOME] = value_truth(page->kind == PAGE_HOME),
		[PAGE_FIELD_META] = head->meta_list,
		[PAGE_FIELD_PROPERTIES] = head->properties,
		[PAGE_FIELD_HAS_IMAGE] = value_truth(head->has_image),
		[PAGE_FIELD_CARD] = value_url(card_of(job)),
		[PAGE_FIELD_FEEDS] = view_feeds(job),
		[PAGE_FIELD_STAMP] = head->stamp,
		[PAGE_FIELD_LEAVES] = value_list(head->leaves.items.items,
						 head->leaves.items.count),
	};

	return view_object(job, &page_shape, values);
}

/* Open Graph for every page that says nothing else. */
static struct value default_properties(const struct render_job *job,
				       const struct page_head *head)
{
	struct meta_list list = { .arena = job->arena };

	list_init(&list.items, sizeof(struct value));
	meta_add(&list, "og:type", STR("website"));
	meta_add(&list, "og:site_name", job->site->site->name);
	meta_add(&list, "og:title",
		 head->title.len > 0 ? head->title : job->site->site->name);
	meta_add(&list, "og:description", head->description);
	meta_add(&list, "og:url",
		 permalink_absolute(job->site->site, job->page->path,
				    job->arena));
	meta_add(&list, "og:locale", view_locale(job));
	return meta_value(&list);
}

/* Behind the others: what the stamp says. */
static void add_stamp_tags(struct page_head *head, const struct render_job *job)
{
	struct meta_list list = { .arena = job->arena };
	struct buf day;

	if (head->stamp.kind != VALUE_OBJECT)
		return;
	buf_init(&day, job->arena);
	moment_format(&day, head->stamp.as.object->values[STAMP_DATE].as.moment,
		      STR("%Y-%m-%d"));
	list_init(&list.items, sizeof(struct value));
	for (size_t i = 0; i < head->meta_list.as.list.count; i++)
		*(struct value *)list_add(&list.items, job->arena) =
			head->meta_list.as.list.items[i];
	meta_add(&list, "ArchiveStamp", wording_stamp(job));
	meta_add(&list, "ArchivedOn", buf_str(&day));
	head->meta_list = meta_value(&list);
}

static void fill_head(struct page_head *head, const struct render_job *job)
{
	const struct site *site = job->site->site;
	struct meta_list list;

	if (head->description.len == 0)
		head->description = site->description;
	if (head->meta_list.kind == VALUE_NONE) {
		meta_begin(&list, job);
		if (job->page->column != NULL)
			meta_add_column(&list, job, job->page->column);
		meta_add(&list, "Description", head->description);
		head->meta_list = meta_value(&list);
	}
	if (head->properties.kind == VALUE_NONE)
		head->properties = default_properties(job, head);
	if (head->stamp.kind == VALUE_NONE && site->state == STATE_ARCHIVED)
		head->stamp =
			view_stamp(job, site->archived_on, site->moved_to);
	add_stamp_tags(head, job);
	meta_pair(&head->meta_list, &head->properties, job->arena);
}

enum { COMMIT_DIGITS = 10 }; /* in messages */

/*
 * A page of this cost is a template that does not end: the pages of
 * themes/default take one step for each twelve bytes.
 */
static const struct template_budget page_budget = {
	.steps = 20000,
	.steps_a_byte = 1,
	.depth = 64,
	.bytes = MARKDOWN_HTML_LIMIT,
};

/* "themes/x/templates/a.html:1:9 (in commit 0123456789)" */
static str place_of(const struct diag *diag, const struct snapshot *snapshot,
		    struct snapshot_reader *reader, struct arena *arena)
{
	uint32_t file = diag->span.source - snapshot->source_base;
	struct source source;
	struct place place;

	if (reader == NULL || file >= snapshot->count ||
	    !snapshot_source_read(reader, file, &source, arena))
		return STR("");
	place = source_place(source.text, diag->span.start);
	return arena_printf(arena, _("%.*s:%zu:%zu (in commit %.*s)"),
			    STR_ARG(source.path), place.line, place.column,
			    COMMIT_DIGITS, snapshot->revision.data);
}

/*
 * Places in templates of an earlier version are none of today's files, but for
 * those of the program.
 */
static void tell_places(const struct diag_list *found,
			const struct snapshot *earlier, struct arena *arena,
			struct diag_list *diags)
{
	const struct diag *items = found->items.items;
	struct diag_list ignored;
	struct snapshot_reader *reader;

	diag_list_init(&ignored, arena);
	reader = snapshot_reader_open(earlier, &ignored);
	for (size_t i = 0; i < found->items.count; i++) {
		bool is_builtin = items[i].span.source >= SOURCE_THEME;
		struct diag *diag = diag_error(
			diags, is_builtin ? items[i].span : span_none(),
			items[i].id, "%.*s", STR_ARG(items[i].message));

		if (!is_builtin)
			diag->path =
				place_of(&items[i], earlier, reader, arena);
		diag_help(diags, diag, "%.*s", STR_ARG(items[i].help));
	}
	if (reader != NULL)
		snapshot_reader_close(reader);
}

static bool fill_template(struct buf *bytes, const struct render_job *job,
			  const char *name, const struct object *root,
			  struct template_memory *memory)
{
	const struct theme *theme = job->site->theme;
	struct template_budget budget = page_budget;
	struct diag_list found;

	budget.memory = memory;
	if (theme->earlier == NULL)
		return template_render(bytes, theme->templates,
				       str_from_c(name), root, &budget,
				       job->diags);
	diag_list_init(&found, job->arena);
	if (template_render(bytes, theme->templates, str_from_c(name), root,
			    &budget, &found))
		return true;
	tell_places(&found, theme->earlier, job->arena, job->diags);
	return false;
}

bool view_render(str *out, const struct render_job *job,
		 const struct shape *shape, struct value *values,
		 struct page_head *head)
{
	const struct object root = { shape, values };
	const char *name = page_template(
		job->page, job->context->plan->arrangement->catalog,
		job->site->theme->templates);
	struct page_frame spare;
	const struct page_frame *frame = page_frame_of(job, &spare);
	struct buf bytes;

	fill_head(head, job);
	values[ROOT_SITE] = view_site(job, frame, &head->leaves);
	values[ROOT_PAGE] = view_page(job, head);
	values[ROOT_NAVIGATION] = frame->navigation;
	values[ROOT_BREADCRUMBS] = view_breadcrumbs(job, head);
	buf_init(&bytes, job->arena);
	if (!fill_template(&bytes, job, name, &root, frame->memory))
		return false;
	*out = buf_str(&bytes);
	return true;
}
