/*
 * Follows a template as the evaluator would, with shapes instead of values.
 *
 * A template is followed once for each different set of shapes around it, so
 * that a menu that shows itself comes to an end: a shape further out that is
 * also further in can answer no name and is left out of the comparison.
 *
 * When folds are asked for (theme/template_folds.h), what a tag asked the page
 * for is gathered on the way; of a template that was followed before it is
 * known.
 */
#include "theme/template_folds.h"

#include "theme/template_blame.h"
#include "theme/template_print.h"

enum {
	CHECK_WORK_LIMIT = 4 * 1000 * 1000, /* nodes, by all checks of a set */
	CHECK_DEPTH_LIMIT = 200,	    /* templates in templates */
	NAME_LIMIT = 1000,		    /* names looked at for a proposal */
};

/* What is known of a value: all is possible, or a kind and maybe a shape. */
struct type {
	enum value_kind kind;
	const struct shape *of; /* OBJECT, items of a LIST */
	bool is_any;
};

struct type_scope {
	const struct type_scope *outer;
	struct type type;
	bool is_item; /* of a list */
};

struct checker {
	struct template_set *set;
	struct template_folder *folds; /* NULL: not asked for */
	struct diag_list *diags;       /* of where the checker is */
	struct diag_list *all;
	struct arena scratch;
	struct map seen; /* struct template_reach, when folds are asked for */
	const struct type_scope *page;
	size_t depth;
	bool is_over;
};

/* Where the checker is. */
struct check_position {
	const struct template *template;
	const struct type_scope *scope;
	const struct override_frame *frame;
	bool is_indented;
};

static void check_nodes(struct checker *checker, struct check_position position,
			const struct node *first);

static const struct type any_type = { .is_any = true };

static struct type plain_type(enum value_kind kind)
{
	return (struct type){ .kind = kind };
}

static struct type field_type(const struct shape_field *field)
{
	return (struct type){ .kind = field->kind,
			      .of = field->of,
			      .is_any = field->kind == VALUE_OBJECT &&
					field->of == NULL };
}

static struct type item_type(struct type list)
{
	if (list.is_any)
		return any_type;
	if (list.of == NULL)
		return plain_type(VALUE_TEXT);
	return (struct type){ .kind = VALUE_OBJECT, .of = list.of };
}

/* --- names ---------------------------------------------------------------- */

/* The field of a shape, by the index that the set has of it; NULL: none. */
static const struct shape_field *field_of_name(const struct checker *checker,
					       const struct shape *shape,
					       const struct name *name)
{
	const uint16_t *field_of = template_shape(checker->set, shape);

	if (field_of != NULL)
		return field_of[name->id] == 0
			       ? NULL
			       : &shape->fields[field_of[name->id] - 1];
	for (size_t i = 0; i < shape->count; i++)
		if (str_equal_c(name->text, shape->fields[i].name))
			return &shape->fields[i];
	return NULL;
}

/* Does `type` answer `name`? An open shape answers all. */
static bool find_field(struct type *out, const struct checker *checker,
		       struct type type, const struct name *name)
{
	const struct shape_field *field;

	if (type.is_any) {
		*out = any_type;
		return true;
	}
	if (type.kind != VALUE_OBJECT)
		return false;
	field = field_of_name(checker, type.of, name);
	*out = field != NULL ? field_type(field) : any_type;
	if (field != NULL)
		return true;
	return type.of->is_open;
}

static size_t add_names(str *names, size_t count, struct type type)
{
	if (type.is_any || type.kind != VALUE_OBJECT)
		return count;
	for (size_t i = 0; i < type.of->count && count < NAME_LIMIT; i++)
		names[count++] = str_from_c(type.of->fields[i].name);
	return count;
}

static bool report_first(struct checker *checker,
			 struct check_position position,
			 const struct node *node)
{
	str names[NAME_LIMIT];
	size_t count = 0;

	for (const struct type_scope *scope = position.scope; scope != NULL;
	     scope = scope->outer)
		count = add_names(names, count, scope->type);
	template_report_unknown(position.template, template_path_part(node, 0),
				names, count, checker->diags);
	return false;
}

static bool report_part(struct checker *checker, struct check_position position,
			const struct node *node, size_t number,
			struct type type)
{
	str names[NAME_LIMIT];
	str before = template_path_part(node, number - 1);

	if (type.kind == VALUE_OBJECT) {
		template_report_unknown(
			position.template, template_path_part(node, number),
			names, add_names(names, 0, type), checker->diags);
		return false;
	}
	diag_error(checker->diags,
		   span_of_part(&position.template->source,
				template_path_part(node, number)),
		   "template-unknown",
		   _("\"%.*s\" is %s and has no names in it"), STR_ARG(before),
		   value_kind_name(type.kind));
	return false;
}

static bool find_fact(struct type *out, struct checker *checker,
		      struct check_position position, const struct node *node)
{
	const struct type_scope *scope = position.scope;

	*out = plain_type(node->path.fact == LOOP_FIRST ||
					  node->path.fact == LOOP_LAST
				  ? VALUE_TRUTH
				  : VALUE_NUMBER);
	while (scope != NULL && !scope->is_item)
		scope = scope->outer;
	if (scope != NULL)
		return true;
	diag_error(checker->diags, node_span(position.template, node),
		   "template-unknown",
		   _("\"%.*s\" has a meaning only in the section of a list"),
		   STR_ARG(node->text));
	return false;
}

static bool find_path(struct type *out, struct checker *checker,
		      struct check_position position, const struct node *node)
{
	const struct path *path = &node->path;
	const struct type_scope *scope = position.scope;

	if (path->fact != LOOP_NONE)
		return find_fact(out, checker, position, node);
	if (path->is_broken) {
		*out = any_type;
		return true;
	}
	if (path->count == 0) {
		*out = scope->type;
		return true;
	}
	while (scope != NULL &&
	       !find_field(out, checker, scope->type, path->parts[0]))
		scope = scope->outer;
	if (scope == NULL)
		return report_first(checker, position, node);
	if (checker->folds != NULL && scope == checker->page)
		template_fold_read(checker->folds, scope->type.of,
				   path->parts[0]->text, node->text);
	for (size_t i = 1; i < path->count; i++) {
		struct type type = *out;

		if (!find_field(out, checker, type, path->parts[i]))
			return report_part(checker, position, node, i, type);
	}
	return true;
}

/* --- nodes ---------------------------------------------------------------- */

static bool check_filter(struct checker *checker, const struct node *node,
			 const struct filter_call *call, struct type *type)
{
	if (type->is_any)
		return true;
	if (filter_result(&type->kind, call->filter, type->kind))
		return true;
	diag_error(checker->diags, call->span, "template-filter-kind",
		   _("the filter \"%s\" cannot take \"%.*s\", which is %s"),
		   filter_name(call->filter), STR_ARG(node->text),
		   value_kind_name(type->kind));
	return false;
}

/* What the tag's name and its filters give. */
static bool find_type(struct type *out, struct checker *checker,
		      struct check_position position, const struct node *node)
{
	if (!find_path(out, checker, position, node))
		return false;
	for (size_t i = 0; i < node->filter_count; i++)
		if (!check_filter(checker, node, &node->filters[i], out))
			return false;
	return true;
}

static void check_value(struct checker *checker, struct check_position position,
			const struct node *node)
{
	struct type type;

	if (!find_type(&type, checker, position, node))
		return;
	if (!type.is_any && (template_printable(node) & 1u << type.kind) == 0)
		template_report_kind(position.template, node, type.kind,
				     checker->diags);
}

static void check_section(struct checker *checker,
			  struct check_position position,
			  const struct node *node)
{
	struct type_scope scope = { .outer = position.scope };
	struct type type;

	if (!find_type(&type, checker, position, node))
		return;
	scope.is_item = type.is_any || type.kind == VALUE_LIST;
	scope.type = scope.is_item ? item_type(type) : type;
	if (node->kind == NODE_SECTION)
		position.scope = &scope;
	check_nodes(checker, position, node->first);
}

static void key_add(struct buf *key, const void *pointer)
{
	buf_add(key, (str){ (const char *)&pointer, sizeof(pointer) });
}

static bool is_repeated(const struct type_scope *first,
			const struct type_scope *scope)
{
	for (; first != scope; first = first->outer)
		if (first->type.kind == scope->type.kind &&
		    first->type.of == scope->type.of &&
		    first->type.is_any == scope->type.is_any)
			return true;
	return false;
}

static void key_add_scopes(struct buf *key, const struct type_scope *first)
{
	bool has_item = false;

	for (const struct type_scope *scope = first; scope != NULL;
	     scope = scope->outer) {
		has_item |= scope->is_item;
		if (scope != first && ((scope->type.kind != VALUE_OBJECT &&
					!scope->type.is_any) ||
				       is_repeated(first, scope)))
			continue;
		buf_add_byte(key, (char)('0' + scope->type.kind));
		buf_add_byte(key, scope->type.is_any ? '*' : '.');
		key_add(key, scope->type.of);
	}
	buf_add_byte(key, has_item ? '1' : '0');
}

/*
 * What the template asked the page for when it was followed with the same
 * shapes and overrides before; false: it was not. `seen` gets its place.
 */
static bool is_new(struct template_reach **reach, struct checker *checker,
		   struct check_position position)
{
	struct buf key;
	void *known;

	buf_init(&key, &checker->scratch);
	key_add(&key, position.template);
	for (const struct override_frame *frame = position.frame; frame != NULL;
	     frame = frame->outer)
		key_add(&key, frame->parent);
	key_add_scopes(&key, position.scope);
	known = map_get(&checker->seen, buf_str(&key));
	*reach = known;
	if (known != NULL)
		return false;
	*reach = arena_alloc(&checker->scratch, sizeof(**reach));
	map_set(&checker->seen, buf_str(&key), *reach);
	return true;
}

/*
 * Goes on at `first` in another template, which the tag `node` of `from` shows.
 * What is wrong there is the fault of `from` when that is of a stronger layer.
 */
static void check_shown(struct checker *checker, const struct template *from,
			const struct node *node, struct check_position position,
			const struct node *first)
{
	struct diag_list *diags = checker->diags;
	struct diag_list said;
	bool is_foreign = from->layer < position.template->layer;

	if (is_foreign) {
		diag_list_init_part(&said, &checker->scratch, checker->all);
		checker->diags = &said;
	} else if (from->layer > position.template->layer) {
		checker->diags = checker->all;
	}
	check_nodes(checker, position, first);
	checker->diags = diags;
	if (is_foreign)
		template_blame(from, node, position.template, &said,
			       checker->all);
}

static void check_template(struct checker *checker, const struct template *from,
			   const struct node *node,
			   struct check_position position)
{
	struct template_reach before = { 0 };
	struct template_reach *reach;

	if (checker->depth >= CHECK_DEPTH_LIMIT) {
		checker->is_over = true;
		return;
	}
	if (!is_new(&reach, checker, position)) {
		if (checker->folds != NULL)
			template_fold_join(&checker->folds->reach, reach);
		return;
	}
	if (checker->folds != NULL)
		before = template_fold_begin(checker->folds);
	checker->depth++;
	check_shown(checker, from, node, position, position.template->first);
	checker->depth--;
	if (checker->folds != NULL) {
		*reach = checker->folds->reach;
		template_fold_end(checker->folds, &before);
	}
}

/* Lines of what stands alone in a line are indented like it. */
static void note_indent(struct check_position *position,
			const struct node *node)
{
	position->is_indented = node->opens_line &&
				(position->is_indented || node->indent.len > 0);
}

static void check_partial(struct checker *checker,
			  struct check_position position,
			  const struct node *node)
{
	const struct template *from = position.template;
	struct type type;

	if (!node->is_dynamic) {
		note_indent(&position, node);
		position.template = node->target;
		if (node->target != NULL)
			check_template(checker, from, node, position);
	} else if (find_path(&type, checker, position, node) && !type.is_any &&
		   type.kind != VALUE_TEXT) {
		diag_error(checker->diags, node_span(position.template, node),
			   "template-dynamic",
			   _("\"%.*s\" is %s and not the name of a template"),
			   STR_ARG(node->text), value_kind_name(type.kind));
	}
}

static void check_parent(struct checker *checker,
			 struct check_position position,
			 const struct node *node)
{
	struct override_frame frame = { position.frame, node,
					position.template };
	const struct template *from = position.template;
	const struct override_frame *outer;

	if (node->target == NULL)
		return;
	/* The outermost override wins: a second round adds nothing. */
	for (outer = position.frame; outer != NULL && outer->parent != node;)
		outer = outer->outer;
	if (outer == NULL)
		position.frame = &frame;
	position.template = node->target;
	note_indent(&position, node);
	check_template(checker, from, node, position);
}

static void check_block(struct checker *checker, struct check_position position,
			const struct node *node)
{
	const struct template *from = position.template;
	const struct override_frame *winner = NULL;
	const struct node *content = node;

	for (const struct override_frame *frame = position.frame; frame != NULL;
	     frame = frame->outer)
		for (const struct node *block = frame->parent->first;
		     block != NULL; block = block->next)
			if (block->block == node->block && block->is_override) {
				winner = frame;
				content = block;
			}
	if (winner != NULL) {
		position.template = winner->home;
		position.frame = winner->outer;
	}
	position.is_indented |= node->indent.len > 0;
	check_shown(checker, from, node, position, content->first);
}

static void check_node(struct checker *checker, struct check_position position,
		       const struct node *node)
{
	switch (node->kind) {
	case NODE_TEXT:
		break;
	case NODE_VALUE:
		check_value(checker, position, node);
		break;
	case NODE_SECTION:
	case NODE_INVERTED:
		check_section(checker, position, node);
		break;
	case NODE_PARTIAL:
		check_partial(checker, position, node);
		break;
	case NODE_PARENT:
		check_parent(checker, position, node);
		break;
	case NODE_BLOCK:
		check_block(checker, position, node);
		break;
	}
}

/* Right below the page the evaluator keeps what lasts. */
static bool is_told(const struct checker *checker,
		    struct check_position position, const struct node *node)
{
	return checker->folds != NULL && position.scope == checker->page &&
	       node->kind != NODE_TEXT && node->kind != NODE_VALUE;
}

static void check_and_tell(struct checker *checker,
			   struct check_position position,
			   const struct node *node)
{
	struct template_reach before = template_fold_begin(checker->folds);
	size_t place = template_fold_open(checker->folds, position.template,
					  node, position.is_indented);

	check_node(checker, position, node);
	template_fold_close(checker->folds, place);
	template_fold_end(checker->folds, &before);
}

static void check_nodes(struct checker *checker, struct check_position position,
			const struct node *first)
{
	for (const struct node *node = first; node != NULL; node = node->next) {
		if (checker->is_over ||
		    checker->set->check_work++ > CHECK_WORK_LIMIT) {
			checker->is_over = true;
			return;
		}
		if (is_told(checker, position, node))
			check_and_tell(checker, position, node);
		else
			check_node(checker, position, node);
	}
}

static bool follow(struct template_set *set, str name,
		   const struct shape *shape, struct template_folder *folds,
		   struct diag_list *diags)
{
	const struct template *template = template_find(set, name);
	struct checker checker = {
		.set = set, .folds = folds, .diags = diags, .all = diags
	};
	struct type_scope base = { .type = { .kind = VALUE_OBJECT } };
	struct type_scope page = {
		.type = { .kind = VALUE_OBJECT, .of = shape },
	};
	size_t errors = diags->error_count;

	template_add_shape(set, shape);
	if (template == NULL) {
		diag_error(diags, span_none(), "template-missing",
			   _("there is no template \"%.*s\""), STR_ARG(name));
		return false;
	}
	if (set->base != NULL) {
		base.type.of = set->base->shape;
		page.outer = &base;
	}
	checker.page = &page;
	arena_init(&checker.scratch);
	map_init(&checker.seen, &checker.scratch);
	check_template(&checker, template, NULL,
		       (struct check_position){ .template = template,
						.scope = &page });
	if (checker.is_over)
		diag_error(diags, span_of(&template->source, 0, 0),
			   "template-complex",
			   _("the templates refer to each other too often to "
			     "be checked"));
	arena_release(&checker.scratch);
	return diags->error_count == errors;
}

bool template_check(struct template_set *set, str name,
		    const struct shape *shape, struct diag_list *diags)
{
	return follow(set, name, shape, NULL, diags);
}

bool template_folds(struct list *out, struct template_set *set, str name,
		    const struct shape *shape, struct arena *arena,
		    struct diag_list *diags)
{
	struct template_folder folder = { .folds = out, .arena = arena };

	list_init(out, sizeof(struct template_fold));
	return follow(set, name, shape, &folder, diags);
}
