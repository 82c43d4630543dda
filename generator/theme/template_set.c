/*
 * Which templates a template reaches decides which pages a change makes again.
 * It is a walk over calls with a list of those that wait, so templates that
 * call each other end it like all others. A dynamic partial may be any
 * template and reaches all.
 */
#include "theme/template_filter.h"
#include "theme/template_tree.h"

struct template_set *template_set_new(enum template_mode mode,
				      struct arena *arena)
{
	struct template_set *set = arena_alloc(arena, sizeof(*set));

	set->arena = arena;
	set->mode = mode;
	map_init(&set->templates, arena);
	map_init(&set->names, arena);
	return set;
}

static const struct value *member(const struct object *object, const char *name)
{
	for (size_t i = 0; object != NULL && i < object->shape->count; i++)
		if (strcmp(object->shape->fields[i].name, name) == 0)
			return &object->values[i];
	return NULL;
}

static const struct object *member_object(const struct object *object,
					  const char *name)
{
	const struct value *value = member(object, name);

	return value != NULL && value->kind == VALUE_OBJECT ? value->as.object
							    : NULL;
}

static str member_text(const struct object *object, const char *name)
{
	const struct value *value = member(object, name);

	return value != NULL && value->kind == VALUE_TEXT ? value->as.text
							  : STR("");
}

void template_set_base(struct template_set *set, const struct object *base,
		       struct digest digest)
{
	const struct object *dates =
		member_object(member_object(base, "strings"), "dates");

	set->base = base;
	set->base_digest = digest;
	set->date_form = member_text(dates, "day");
	set->months = member_text(dates, "months");
}

void template_print_moment(struct buf *out, const struct template_set *set,
			   struct moment moment)
{
	if (set->date_form.len == 0 || !moment.is_set) {
		filter_print_moment(out, moment);
		return;
	}
	(void)moment_format_in(out, moment, set->date_form, set->months);
	if (moment.has_time)
		moment_format(out, moment, STR(" %H:%M"));
}

const struct name *template_intern(struct template_set *set, str text)
{
	struct name *name = map_get(&set->names, text);

	if (name != NULL)
		return name;
	name = arena_alloc(set->arena, sizeof(*name));
	*name = (struct name){ text, (uint32_t)set->names.count };
	map_add(&set->names, text, name);
	return name;
}

struct template *template_find(const struct template_set *set, str name)
{
	return map_get(&set->templates, name);
}

const char *template_first(const struct template_set *set,
			   const char *const *names)
{
	while (names[1] != NULL && !template_has(set, str_from_c(names[0])))
		names++;
	return names[0];
}

bool template_has(const struct template_set *set, str name)
{
	return template_find(set, name) != NULL;
}

str template_nearest(const struct template_set *set, str name,
		     struct arena *arena)
{
	str *names = arena_array(arena, set->templates.count, sizeof(*names));
	size_t start = str_find_byte(name, '-');
	size_t count = 0;
	str nearest;

	start = start == STR_NONE ? 0 : start + 1;
	for (size_t i = 0; i < set->templates.count; i++) {
		str key = set->templates.entries[i].key;

		if (str_starts_with(key, str_between(name, 0, start)))
			names[count++] = str_from(key, start);
	}
	nearest = str_nearest(str_from(name, start), names, count);
	return nearest.len == 0
		       ? nearest
		       : (str){ nearest.data - start, nearest.len + start };
}

void template_set_weaker(struct template_set *set)
{
	set->layer++;
}

void template_add(struct template_set *set, str name,
		  const struct source *source, struct diag_list *diags)
{
	struct template *template;

	if (template_has(set, name))
		return;
	template = arena_alloc(set->arena, sizeof(*template));
	template->name = arena_copy(set->arena, name);
	template->source = *source;
	template->number = set->templates.count;
	template->layer = set->layer;
	template->digest = digest_of(source->text);
	template->format = context_format_of(template->name);
	map_init(&template->blocks, set->arena);
	list_init(&template->calls, sizeof(struct node *));
	map_add(&set->templates, template->name, template);
	template_parse(template, set, diags);
}

str template_nearest_key(const struct map *map, str wanted, struct arena *arena)
{
	str *names = arena_array(arena, map->count, sizeof(*names));

	for (size_t i = 0; i < map->count; i++)
		names[i] = map->entries[i].key;
	return str_nearest(wanted, names, map->count);
}

static void report_missing(const struct template_set *set,
			   const struct template *template,
			   const struct node *node, struct diag_list *diags)
{
	str nearest =
		template_nearest_key(&set->templates, node->text, diags->arena);
	struct diag *diag = diag_error(
		diags, span_of_part(&template->source, node->text),
		"template-missing", _("there is no template \"%.*s\""),
		STR_ARG(node->text));

	if (nearest.len > 0)
		diag_help(diags, diag, _("did you mean \"%.*s\"?"),
			  STR_ARG(nearest));
}

static void link_call(const struct template_set *set,
		      const struct template *template, struct node *node,
		      struct diag_list *diags)
{
	if (node->is_dynamic || node->text.len == 0)
		return;
	node->target = template_find(set, node->text);
	if (set->mode == TEMPLATE_LENIENT)
		return;
	if (node->target == NULL)
		report_missing(set, template, node, diags);
	else if (node->target->format != template->format)
		diag_error(diags, span_of_part(&template->source, node->text),
			   "template-format",
			   _("\"%.*s\" and \"%.*s\" are not written in the "
			     "same format"),
			   STR_ARG(node->text), STR_ARG(template->name));
}

bool template_set_freeze(struct template_set *set, struct diag_list *diags)
{
	size_t errors = diags->error_count;

	for (size_t i = 0; i < set->templates.count; i++) {
		struct template *template = set->templates.entries[i].value;
		struct node **calls = template->calls.items;

		for (size_t j = 0; j < template->calls.count; j++)
			link_call(set, template, calls[j], diags);
	}
	if (set->mode == TEMPLATE_STRICT)
		template_place(set, diags);
	if (set->base != NULL)
		template_add_shape(set, set->base->shape);
	set->is_frozen = true;
	return diags->error_count == errors;
}

/* --- digests -------------------------------------------------------------- */

struct walk {
	const struct template_set *set;
	bool *reached; /* by number of the template */
	size_t *waiting;
	size_t count;
};

static void reach(struct walk *walk, const struct template *template)
{
	if (template == NULL || walk->reached[template->number])
		return;
	walk->reached[template->number] = true;
	walk->waiting[walk->count++] = template->number;
}

/* A dynamic partial can reach every template. */
static void reach_all(struct walk *walk)
{
	for (size_t i = 0; i < walk->set->templates.count; i++)
		reach(walk, walk->set->templates.entries[i].value);
}

static void reach_calls(struct walk *walk, const struct template *template)
{
	struct node *const *calls = template->calls.items;

	for (size_t i = 0; i < template->calls.count; i++) {
		if (!calls[i]->is_dynamic)
			reach(walk, calls[i]->target);
		else if (walk->count < walk->set->templates.count)
			reach_all(walk);
	}
}

/* In the order of the set, which is the same for the same theme. */
struct digest template_digest(const struct template_set *set, str name)
{
	size_t count = set->templates.count;
	struct digest digest = set->base_digest;
	struct walk walk = { .set = set };
	struct arena scratch;

	arena_init(&scratch);
	walk.reached = arena_array(&scratch, count, sizeof(*walk.reached));
	walk.waiting = arena_array(&scratch, count, sizeof(*walk.waiting));
	digest_add(&digest, name);
	reach(&walk, template_find(set, name));
	for (size_t i = 0; i < walk.count; i++)
		reach_calls(&walk,
			    set->templates.entries[walk.waiting[i]].value);
	for (size_t i = 0; i < count; i++) {
		const struct template *template =
			set->templates.entries[i].value;

		if (!walk.reached[i])
			continue;
		digest_add(&digest, template->name);
		digest_add_digest(&digest, template->digest);
	}
	arena_release(&scratch);
	return digest;
}
