/*
 * Renders: walks the tree with a stack of the values around a tag.
 *
 * Names are found by their id: each known shape has an index from the id of a
 * name to the field, so a name costs one look a scope. Lines of a template that
 * is shown indented get their white space when their first byte is written, so
 * that values with several lines stay as they are.
 */
#include "theme/template_escape.h"
#include "theme/template_evaluator.h"
#include "theme/template_memory.h"
#include "theme/template_print.h"

enum {
	/* Sections, blocks and templates in each other: what the C stack bears.
	 */
	EVAL_NESTING_LIMIT = 1024,
};

static bool eval_nodes(struct evaluator *evaluator,
		       const struct eval_position *position,
		       const struct node *first);

/* --- budgets -------------------------------------------------------------- */

static bool over(struct evaluator *evaluator, const char *id,
		 const char *message, size_t limit)
{
	diag_error(evaluator->diags, evaluator->last, id, "%s (%zu)", message,
		   limit);
	return false;
}

/* Steps that the bytes so far do not allow. */
static int64_t excess(const struct evaluator *evaluator)
{
	return (int64_t)evaluator->steps -
	       (int64_t)(evaluator->budget->steps_a_byte *
			 (evaluator->out->len - evaluator->start));
}

/* One more step; false, with the error, when it is one too many. */
static bool step(struct evaluator *evaluator)
{
	const struct template_budget *budget = evaluator->budget;
	size_t limit =
		budget->steps +
		budget->steps_a_byte * (evaluator->out->len - evaluator->start);

	evaluator->steps++;
	if (excess(evaluator) > evaluator->peak)
		evaluator->peak = excess(evaluator);
	if (evaluator->steps <= limit)
		return true;
	return over(evaluator, "template-steps",
		    _("the page takes more steps than allowed"), limit);
}

static bool over_bytes(struct evaluator *evaluator)
{
	return over(evaluator, "template-bytes",
		    _("the page gets more bytes than allowed"),
		    evaluator->budget->bytes);
}

static bool over_depth(struct evaluator *evaluator, size_t limit)
{
	return over(evaluator, "template-depth",
		    _("templates show each other more deeply than allowed"),
		    limit);
}

static bool fits(struct evaluator *evaluator, size_t more)
{
	return evaluator->out->len <= evaluator->byte_limit &&
	       more <= evaluator->byte_limit - evaluator->out->len;
}

/* --- text ----------------------------------------------------------------- */

static void add_indent(struct buf *out, const struct indent *indent)
{
	if (indent->outer != NULL)
		add_indent(out, indent->outer);
	buf_add(out, indent->text);
}

/* Before a value or an inline partial that begins a line. */
static void begin_line(struct evaluator *evaluator, const struct indent *indent)
{
	if (evaluator->line_start && indent != NULL)
		add_indent(evaluator->out, indent);
	evaluator->line_start = false;
}

static bool add_lines(struct evaluator *evaluator, str text,
		      const struct indent *indent)
{
	while (text.len > 0) {
		size_t end = str_find_byte(text, '\n');
		str line =
			str_between(text, 0, end == STR_NONE ? end : end + 1);

		if (evaluator->line_start && line.data[0] != '\n')
			add_indent(evaluator->out, indent);
		if (!fits(evaluator, line.len))
			return over_bytes(evaluator);
		buf_add(evaluator->out, line);
		evaluator->line_start = end != STR_NONE;
		text = str_from(text, line.len);
	}
	return true;
}

static bool eval_text(struct evaluator *evaluator,
		      const struct eval_position *position,
		      const struct node *node)
{
	str text = node->text;

	if (position->indent != NULL)
		return add_lines(evaluator, text, position->indent);
	if (!fits(evaluator, text.len))
		return over_bytes(evaluator);
	buf_add(evaluator->out, text);
	if (text.len > 0)
		evaluator->line_start = text.data[text.len - 1] == '\n';
	return true;
}

/* --- values --------------------------------------------------------------- */

static void print_text(struct buf *out, const struct node *node,
		       struct value value)
{
	str text = value.as.text;

	if (value.kind == VALUE_URL &&
	    (node->context == PRINT_URL || node->context == PRINT_ATTRIBUTE) &&
	    !template_url_is_safe(text))
		text = STR("#");
	if (node->is_raw || node->context == PRINT_JSON ||
	    node->context == PRINT_PLAIN)
		buf_add(out, text);
	else
		template_escape_html(out, text);
}

static void print_value(struct evaluator *evaluator, const struct node *node,
			struct value value)
{
	struct buf *out = evaluator->out;

	switch (value.kind) {
	case VALUE_TEXT:
	case VALUE_HTML:
	case VALUE_URL:
		print_text(out, node, value);
		break;
	case VALUE_NUMBER:
		filter_print_number(out, value.as.number);
		break;
	case VALUE_TRUTH:
		buf_add(out, value.as.truth ? STR("true") : STR("false"));
		break;
	case VALUE_MOMENT:
		template_print_moment(out, evaluator->set, value.as.moment);
		break;
	default:
		break;
	}
}

/* Before it is written: a text can be as long as the page may be. */
static bool has_room(struct evaluator *evaluator, struct value value)
{
	bool is_text = value.kind == VALUE_TEXT || value.kind == VALUE_HTML;

	return !is_text || fits(evaluator, value.as.text.len);
}

static bool eval_value(struct evaluator *evaluator,
		       const struct eval_position *position,
		       const struct node *node)
{
	struct value value;

	if (!evaluator_value(&value, evaluator, position, node))
		return false;
	if (evaluator->set->mode == TEMPLATE_STRICT &&
	    (template_printable(node) & 1u << value.kind) == 0) {
		template_report_kind(position->template, node, value.kind,
				     evaluator->diags);
		return false;
	}
	if (!has_room(evaluator, value))
		return over_bytes(evaluator);
	begin_line(evaluator, position->indent);
	print_value(evaluator, node, value);
	return evaluator->out->len <= evaluator->byte_limit ||
	       over_bytes(evaluator);
}

/* --- sections ------------------------------------------------------------- */

static bool eval_list(struct evaluator *evaluator,
		      const struct eval_position *position,
		      const struct node *node, struct value list)
{
	struct scope scope = { 0 };
	struct eval_position inner = *position;

	inner.scope = &scope;
	for (size_t i = 0; i < list.as.list.count; i++) {
		scope = evaluator_scope(evaluator, position->scope,
					list.as.list.items[i]);
		scope.index = i;
		scope.length = list.as.list.count;
		if (!step(evaluator) ||
		    !eval_nodes(evaluator, &inner, node->first))
			return false;
	}
	return true;
}

static bool eval_section(struct evaluator *evaluator,
			 const struct eval_position *position,
			 const struct node *node)
{
	struct eval_position inner = *position;
	struct scope scope;
	struct value value;

	if (!evaluator_value(&value, evaluator, position, node))
		return false;
	if (node->kind == NODE_INVERTED)
		return value_is_true(value) ||
		       eval_nodes(evaluator, position, node->first);
	if (!value_is_true(value))
		return true;
	if (value.kind == VALUE_LIST)
		return eval_list(evaluator, position, node, value);
	scope = evaluator_scope(evaluator, position->scope, value);
	inner.scope = &scope;
	return eval_nodes(evaluator, &inner, node->first);
}

/* --- templates in templates ----------------------------------------------- */

static bool eval_template(struct evaluator *evaluator,
			  const struct eval_position *position,
			  const struct node *node,
			  const struct template *target,
			  const struct override_frame *frame)
{
	struct indent indent = { position->indent, node->indent };
	struct eval_position inner = {
		.template = target,
		.scope = position->scope,
		.frame = frame,
		.indent = position->indent,
	};
	bool ok;

	if (evaluator->depth >= evaluator->budget->depth)
		return over_depth(evaluator, evaluator->budget->depth);
	if (node->opens_line) {
		evaluator->line_start = true;
		if (node->indent.len > 0)
			inner.indent = &indent;
	} else {
		begin_line(evaluator, position->indent);
		inner.indent = NULL;
	}
	evaluator->depth++;
	ok = eval_nodes(evaluator, &inner, target->first);
	evaluator->depth--;
	evaluator->line_start = node->closes_line;
	return ok;
}

static bool no_template(struct evaluator *evaluator,
			const struct eval_position *position,
			const struct node *node, str name)
{
	struct diag *diag;
	str nearest;

	if (evaluator->set->mode == TEMPLATE_LENIENT)
		return true;
	diag = diag_error(evaluator->diags, node_span(position->template, node),
			  "template-dynamic",
			  _("\"%.*s\" is \"%.*s\", and there is no template "
			    "of that name"),
			  STR_ARG(node->text), STR_ARG(name));
	nearest = template_nearest_key(&evaluator->set->templates, name,
				       evaluator->diags->arena);
	if (nearest.len > 0)
		diag_help(evaluator->diags, diag, _("did you mean \"%.*s\"?"),
			  STR_ARG(nearest));
	return false;
}

/* Overrides do not reach what is chosen by name: it was not checked. */
static bool eval_dynamic(struct evaluator *evaluator,
			 const struct eval_position *position,
			 const struct node *node)
{
	const struct template *target = NULL;
	struct value value;
	str name = { "", 0 };

	if (!evaluator_path(&value, evaluator, position, node))
		return false;
	if (value.kind == VALUE_TEXT) {
		name = value.as.text;
		target = template_find(evaluator->set, name);
	}
	if (target == NULL || (evaluator->set->mode == TEMPLATE_STRICT &&
			       target->format != position->template->format))
		return no_template(evaluator, position, node, name);
	return eval_template(evaluator, position, node, target, NULL);
}

static bool eval_partial(struct evaluator *evaluator,
			 const struct eval_position *position,
			 const struct node *node)
{
	if (node->is_dynamic)
		return eval_dynamic(evaluator, position, node);
	return node->target == NULL ||
	       eval_template(evaluator, position, node, node->target,
			     position->frame);
}

static bool eval_parent(struct evaluator *evaluator,
			const struct eval_position *position,
			const struct node *node)
{
	struct override_frame frame = { position->frame, node,
					position->template };

	return node->target == NULL ||
	       eval_template(evaluator, position, node, node->target, &frame);
}

/* The outermost override wins; its own blocks see only those further out. */
static const struct node *find_override(struct evaluator *evaluator,
					const struct eval_position *position,
					const struct name *name,
					const struct override_frame **winner)
{
	const struct node *found = NULL;

	for (const struct override_frame *frame = position->frame;
	     frame != NULL; frame = frame->outer)
		for (const struct node *block = frame->parent->first;
		     block != NULL; block = block->next) {
			evaluator->steps++;
			if (block->block != name || !block->is_override)
				continue;
			found = block;
			*winner = frame;
		}
	return found;
}

static bool eval_block(struct evaluator *evaluator,
		       const struct eval_position *position,
		       const struct node *node)
{
	const struct override_frame *winner = NULL;
	const struct node *content =
		find_override(evaluator, position, node->block, &winner);
	struct indent indent = { position->indent, node->indent };
	struct eval_position inner = *position;
	bool ok;

	if (content != NULL) {
		inner.template = winner->home;
		inner.frame = winner->outer;
	}
	if (node->indent.len > 0)
		inner.indent = &indent;
	if (node->opens_line)
		evaluator->line_start = true;
	ok = eval_nodes(evaluator, &inner,
			content == NULL ? node->first : content->first);
	evaluator->line_start = node->closes_line;
	return ok;
}

/* --- nodes ---------------------------------------------------------------- */

static bool eval_kind(struct evaluator *evaluator,
		      const struct eval_position *position,
		      const struct node *node)
{
	switch (node->kind) {
	case NODE_TEXT:
		return eval_text(evaluator, position, node);
	case NODE_VALUE:
		return eval_value(evaluator, position, node);
	case NODE_SECTION:
	case NODE_INVERTED:
		return eval_section(evaluator, position, node);
	case NODE_PARTIAL:
		return eval_partial(evaluator, position, node);
	case NODE_PARENT:
		return eval_parent(evaluator, position, node);
	case NODE_BLOCK:
		return eval_block(evaluator, position, node);
	}
	return true;
}

/*
 * Only right below the page: inside a section the values are those of an item.
 * False when nothing can be kept here.
 */
static bool place_of(struct template_place *place,
		     const struct evaluator *evaluator,
		     const struct eval_position *position,
		     const struct node *node)
{
	size_t count = 0;

	if (evaluator->budget->memory == NULL ||
	    evaluator->page->object == NULL || node->kind == NODE_TEXT ||
	    node->kind == NODE_VALUE || position->scope != evaluator->page ||
	    position->indent != NULL)
		return false;
	memset(place, 0, sizeof(*place));
	for (const struct override_frame *frame = position->frame;
	     frame != NULL; frame = frame->outer) {
		if (count == TEMPLATE_PARENTS_LIMIT)
			return false;
		place->parents[count++] = frame->parent;
	}
	place->node = node;
	place->shape = evaluator->page->object->shape;
	place->depth = evaluator->depth;
	place->nesting = evaluator->nesting;
	place->line_start = evaluator->line_start;
	return true;
}

/* False when the budget might end inside: then it is evaluated, to say so. */
static bool add_piece(struct evaluator *evaluator,
		      const struct template_piece *piece)
{
	int64_t peak = excess(evaluator) + piece->peak;

	if (peak > (int64_t)evaluator->budget->steps ||
	    !fits(evaluator, piece->bytes.len))
		return false;
	buf_add(evaluator->out, piece->bytes);
	evaluator->steps += piece->steps;
	evaluator->last = piece->last;
	evaluator->line_start = piece->line_start;
	if (peak > evaluator->peak)
		evaluator->peak = peak;
	return true;
}

/* Keeps what comes of the node, unless it depends on the page itself. */
static bool eval_and_keep(struct evaluator *evaluator,
			  const struct eval_position *position,
			  const struct node *node,
			  const struct template_place *place)
{
	const struct evaluator before = *evaluator;
	const int64_t start = excess(evaluator);
	const size_t from = evaluator->out->len;
	struct template_piece piece;

	evaluator->peak = start;
	if (!eval_kind(evaluator, position, node))
		return false;
	piece = (struct template_piece){
		.bytes = str_from(buf_str(evaluator->out), from),
		.steps = evaluator->steps - before.steps,
		.peak = evaluator->peak - start,
		.last = evaluator->last,
		.line_start = evaluator->line_start,
	};
	if (evaluator->page_reads == before.page_reads)
		template_memory_put(evaluator->budget->memory,
				    evaluator->column_reads ==
					    before.column_reads,
				    place, &piece);
	if (before.peak > evaluator->peak)
		evaluator->peak = before.peak;
	return true;
}

static bool eval_node(struct evaluator *evaluator,
		      const struct eval_position *position,
		      const struct node *node)
{
	const struct template_piece *piece;
	struct template_place place;

	if (!place_of(&place, evaluator, position, node))
		return eval_kind(evaluator, position, node);
	piece = template_memory_get(evaluator->budget->memory, &place);
	return (piece != NULL && add_piece(evaluator, piece)) ||
	       eval_and_keep(evaluator, position, node, &place);
}

static bool eval_nodes(struct evaluator *evaluator,
		       const struct eval_position *position,
		       const struct node *first)
{
	bool ok = true;

	if (evaluator->nesting >= EVAL_NESTING_LIMIT)
		return over_depth(evaluator, EVAL_NESTING_LIMIT);
	evaluator->nesting++;
	for (const struct node *node = first; ok && node != NULL;
	     node = node->next) {
		if (node->kind != NODE_TEXT)
			evaluator->last = node_span(position->template, node);
		ok = step(evaluator) && eval_node(evaluator, position, node);
	}
	evaluator->nesting--;
	return ok;
}

bool template_render_value(struct buf *out, const struct template_set *set,
			   str name, struct value data,
			   const struct template_budget *budget,
			   struct diag_list *diags)
{
	const struct template *template = template_find(set, name);
	struct evaluator evaluator = {
		.set = set,
		.budget = budget,
		.out = out,
		.start = out->len,
		.byte_limit = budget->bytes > SIZE_MAX - out->len
				      ? SIZE_MAX
				      : out->len + budget->bytes,
		.diags = diags,
		.last = span_none(),
		.line_start = true,
	};
	struct scope base = { 0 };
	struct scope page;

	if (template == NULL) {
		diag_error(diags, span_none(), "template-missing",
			   _("there is no template \"%.*s\""), STR_ARG(name));
		return false;
	}
	if (set->base != NULL)
		base = evaluator_scope(&evaluator, NULL,
				       value_object(set->base));
	page = evaluator_scope(&evaluator, set->base == NULL ? NULL : &base,
			       data);
	evaluator.page = &page;
	evaluator.last = span_of(&template->source, 0, 0);
	return eval_nodes(
		&evaluator,
		&(struct eval_position){ .template = template, .scope = &page },
		template->first);
}

bool template_render(struct buf *out, const struct template_set *set, str name,
		     const struct object *data,
		     const struct template_budget *budget,
		     struct diag_list *diags)
{
	return template_render_value(out, set, name, value_object(data), budget,
				     diags);
}
