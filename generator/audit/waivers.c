/*
 * A waiver is asked for each message that was found, by rule, path and words;
 * what was used is counted, so that one that waives nothing can be told apart
 * from one that is over.
 */
#include "audit/waivers.h"

#include "audit/rule.h"
#include "base/diag_kind.h"

#define AT(member) offsetof(struct waiver, member)

static const struct setting waiver_rows[] = {
	{ "rule", SETTING_TEXT, AT(rule), "private-phone", NULL,
	  N_("id of the messages, as they show it in brackets") },
	{ "path", SETTING_TEXT, AT(path), "content/jyj/lianxi.md", NULL,
	  N_("the file; with a “/” at its end all below the folder") },
	{ "words", SETTING_TEXT, AT(words), NULL, NULL,
	  N_("only findings at this text") },
	{ "reason", SETTING_TEXT, AT(reason), "值班电话，经本人同意公开", NULL,
	  N_("why it is right as it is") },
	{ "role", SETTING_TEXT, AT(role), "网站负责人岗", NULL,
	  N_("the post that decided it") },
	{ "until", SETTING_DATE, AT(until), "2026-12-31", NULL,
	  N_("the last day") },
};

static const struct setting file_rows[] = {
	{ "waivers", SETTING_NODE, 0, NULL, NULL, N_("the list of them") },
};

const struct setting_table waiver_settings[] = {
	{ N_("sites/rules/waivers.yaml: findings that are as they should be"),
	  file_rows, COUNT_OF(file_rows) },
	{ N_("each of its waivers"), waiver_rows, COUNT_OF(waiver_rows) },
	{ 0 },
};

/* --- reading -------------------------------------------------------------- */

static bool may_be_waived(const struct diag_kind *kind)
{
	return kind->cost == DIAG_COSTS_NOTHING &&
	       (kind->flags & DIAG_GUARDS) == 0;
}

static bool check_rule(const struct waiver *waiver, struct span span,
		       const struct settings_reader *reader)
{
	const struct diag_kind *kind =
		diag_kind_find(arena_c_string(reader->arena, waiver->rule));
	struct diag *diag;

	if (kind != NULL && may_be_waived(kind))
		return true;
	diag = diag_error(reader->diags, span, "waiver-rule",
			  kind == NULL
				  ? _("there is no kind of message “%.*s”")
				  : _("“%.*s” cannot be waived: it has to be "
				      "mended"),
			  STR_ARG(waiver->rule));
	diag_help(reader->diags, diag, "%s",
		  _("`jiyue check --list` names the rules; what keeps a text "
		    "from being published is no matter of opinion"));
	return false;
}

static void tell_over(const struct waiver *waiver,
		      const struct settings_reader *reader)
{
	struct buf day;
	struct diag *diag;

	buf_init(&day, reader->arena);
	(void)!moment_format(&day, waiver->until, STR("%Y-%m-%d"));
	diag = diag_error(reader->diags, waiver->span, "waiver-over",
			  _("this waiver ended on %.*s"),
			  STR_ARG(buf_str(&day)));
	diag_help(reader->diags, diag, "%s",
		  _("mend what it was for and take it out, or have it decided "
		    "anew"));
}

static bool read_one(struct waiver *out, const struct yaml_node *node,
		     const struct settings_reader *reader, struct date today)
{
	const struct yaml_node *rule;

	*out = (struct waiver){ 0 };
	if (!settings_read(out, node, waiver_rows, COUNT_OF(waiver_rows),
			   reader))
		return false;
	rule = yaml_get(node, STR("rule"));
	out->span = rule->span;
	if (!check_rule(out, rule->span, reader))
		return false;
	out->is_over = date_compare(moment_date(out->until), today) < 0;
	if (out->is_over)
		tell_over(out, reader);
	return true;
}

static bool refuse_list(const struct yaml_node *node,
			const struct settings_reader *reader)
{
	diag_help(
		reader->diags,
		diag_error(reader->diags, node->span, "setting-list",
			   _("a list is expected here")),
		_("for example: %s"),
		"waivers: [{rule: …, path: …, reason: …, role: …, until: …}]");
	return false;
}

bool waivers_read(struct waivers *out, const struct yaml_node *root,
		  const struct settings_reader *reader, struct date today)
{
	const struct yaml_node *list = NULL;
	bool ok = settings_read(&list, root, file_rows, COUNT_OF(file_rows),
				reader);

	*out = (struct waivers){ 0 };
	list_init(&out->waived, sizeof(struct waived));
	if (list == NULL || list->is_refused ||
	    (list->kind == YAML_SCALAR && list->is_null))
		return ok && (list == NULL || !list->is_refused);
	if (list->kind != YAML_SEQUENCE)
		return refuse_list(list, reader);
	out->items =
		arena_array(reader->arena, list->count, sizeof(*out->items));
	for (size_t i = 0; i < list->count; i++) {
		if (read_one(&out->items[out->count], &list->items[i], reader,
			     today))
			out->count++;
		else
			ok = false;
	}
	return ok;
}

/* --- applying ------------------------------------------------------------- */

/* Messages stand file by file, so the last file is the one that is kept. */
struct waiving {
	struct waivers *waivers;
	const struct source_reader *reader;
	struct arena *arena;
	uint32_t source; /* the last one that was asked for */
	str path;
	uint32_t text_source; /* the last one that was read */
	str text;	      /* empty: it cannot be read */
	struct arena text_arena;
};

static bool is_below(str path, const struct waiver *waiver)
{
	return str_ends_with(waiver->path, STR("/"))
		       ? str_starts_with(path, waiver->path)
		       : str_equal(path, waiver->path);
}

static str text_of(struct waiving *waiving, uint32_t number)
{
	struct source source;

	if (number == waiving->text_source)
		return waiving->text;
	arena_reset(&waiving->text_arena);
	waiving->text_source = number;
	waiving->text = STR("");
	if (waiving->reader->read(waiving->reader->context, number, &source,
				  &waiving->text_arena))
		waiving->text = source.text;
	return waiving->text;
}

static bool says(struct waiving *waiving, const struct diag_mark *mark,
		 str words)
{
	str text;

	if (words.len == 0)
		return true;
	text = text_of(waiving, mark->span.source);
	return mark->span.end <= text.len &&
	       str_equal(str_between(text, mark->span.start, mark->span.end),
			 words);
}

static str path_of(struct waiving *waiving, uint32_t source)
{
	if (source != waiving->source) {
		waiving->source = source;
		if (waiving->reader->path == NULL ||
		    !waiving->reader->path(waiving->reader->context, source,
					   &waiving->path, waiving->arena))
			waiving->path = STR("");
	}
	return waiving->path;
}

/* The path outlives the messages: theirs go with them. */
static void keep(struct waiving *waiving, struct waiver *waiver,
		 const struct diag_mark *mark, str page)
{
	struct list *list = &waiving->waivers->waived;
	struct waived *waived = list_add(list, waiving->arena);

	waiver->used++;
	waived->waiver = waiver;
	waived->path = mark->span.source != SOURCE_NONE
			       ? path_of(waiving, mark->span.source)
			       : arena_copy(waiving->arena, page);
}

/* `page`: of a finding that is of no file, the page it is of; or empty. */
static bool is_waived(struct waiving *waiving, const struct diag_mark *mark,
		      str page)
{
	bool has_file = mark->span.source != SOURCE_NONE;
	const struct diag_kind *kind;

	if (mark->kind >= diag_kind_count || mark->level == DIAG_FAILURE ||
	    (!has_file && page.len == 0))
		return false;
	kind = &diag_kinds[mark->kind];
	for (size_t i = 0; i < waiving->waivers->count; i++) {
		struct waiver *waiver = &waiving->waivers->items[i];

		if (waiver->is_over || !str_equal_c(waiver->rule, kind->id) ||
		    !is_below(has_file ? path_of(waiving, mark->span.source)
				       : page,
			      waiver) ||
		    (has_file ? !says(waiving, mark, waiver->words)
			      : waiver->words.len > 0))
			continue;
		keep(waiving, waiver, mark, page);
		return true;
	}
	return false;
}

static str page_of(const struct diag_list *diags, size_t number)
{
	return number < diags->items.count
		       ? ((const struct diag *)diags->items.items)[number].path
		       : STR("");
}

/* Which messages are waived, and how many. */
static bool *find_waived(size_t *count, struct waivers *waivers,
			 const struct diag_list *diags,
			 const struct source_reader *reader,
			 struct arena *arena)
{
	size_t total = diag_total(diags);
	bool *is_out = arena_array(arena, total, sizeof(*is_out));
	struct waiving waiving = { .waivers = waivers,
				   .reader = reader,
				   .arena = arena,
				   .source = SOURCE_NONE,
				   .text_source = SOURCE_NONE };

	*count = 0;
	list_init(&waivers->waived, sizeof(struct waived));
	arena_init(&waiving.text_arena);
	for (size_t i = 0; waivers->count > 0 && i < total; i++) {
		struct diag_mark mark = diag_at(diags, i);

		is_out[i] = is_waived(&waiving, &mark, page_of(diags, i));
		*count += is_out[i];
	}
	arena_release(&waiving.text_arena);
	return is_out;
}

size_t waivers_apply(struct waivers *waivers, struct diag_list *diags,
		     const struct source_reader *reader, size_t limit,
		     struct arena *arena)
{
	size_t count;
	bool *is_out = find_waived(&count, waivers, diags, reader, arena);

	if (count > 0)
		diag_take_out(diags, is_out, limit);
	return count;
}

/* Of a rule that only a daily check asks for nothing is known without it. */
static bool is_daily_rule(str id)
{
	for (size_t i = 0; i < rule_count; i++)
		if (str_equal_c(id, rules[i].id))
			return (rules[i].when & RULE_DAILY) == RULE_DAILY;
	return false;
}

bool waivers_tell_unused(const struct waivers *waivers, bool is_daily,
			 struct diag_list *diags)
{
	bool any = false;

	for (size_t i = 0; i < waivers->count; i++) {
		const struct waiver *waiver = &waivers->items[i];

		if (waiver->used > 0 || waiver->is_over ||
		    (!is_daily && is_daily_rule(waiver->rule)))
			continue;
		any = true;
		diag_help(diags,
			  diag_warning(diags, waiver->span, "waiver-unused",
				       _("nothing is found that this waives: "
					 "%.*s"),
				       STR_ARG(waiver->path)),
			  "%s", _("take it out, or correct its path"));
	}
	return any;
}
