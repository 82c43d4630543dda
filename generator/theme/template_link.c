/*
 * Finds the place of every tag: text, title, attribute, address and so on.
 *
 * Each template is read from its start by the context reader. Whatever may be
 * shown or not, or be shown many times, must end where it began, so that the
 * place of each tag is one and the same on every page:
 *
 *	<a {{#x}}class="b"{{/x}} href="{{url}}">     good
 *	<a {{#x}}class="b{{/x}} href="{{url}}">      an error at {{#x}}
 *
 * What overrides a block stands where the block stands in the parent, which is
 * found when all templates have been read once.
 */
#include "theme/template_blame.h"

enum {
	/* Steps of all searches for blocks; far above any real theme. */
	LINK_WORK_LIMIT = 4 * 1000 * 1000,
	LINK_DEPTH_LIMIT = 256,
};

struct linker {
	struct template_set *set;
	struct diag_list *diags;
	struct arena scratch;
	size_t *waiting; /* numbers of templates */
	size_t *mark;	 /* by template: the last search that met it */
	size_t marks;
	size_t work;
	size_t depth;
	struct list lacks; /* struct block_lack */
};

static bool walk(struct linker *linker, const struct template *template,
		 struct node *first, struct context_state *state);

static bool wrong_place(struct linker *linker, struct span span,
			const char *reason)
{
	diag_error(linker->diags, span, "template-context", "%s", reason);
	return false;
}

/* A text may be a copy without its indentation; then its start is shown. */
static struct span text_span(const struct template *template,
			     const struct node *node, size_t at)
{
	uintptr_t from = (uintptr_t) template->source.text.data;
	uintptr_t here = (uintptr_t)node->text.data;

	if (here < from || here >= from + template->source.text.len)
		return span_of(&template->source, node->start, node->start);
	return span_of_part(&template->source,
			    str_between(node->text, at, at + 1));
}

static bool read_text(struct linker *linker, const struct template *template,
		      const struct node *node, struct context_state *state)
{
	const char *wrong = NULL;
	size_t at = context_read(state, node->text, &wrong);

	return at == STR_NONE ||
	       wrong_place(linker, text_span(template, node, at), wrong);
}

static bool place_value(struct linker *linker, const struct template *template,
			struct node *node, struct context_state *state)
{
	const char *wrong = NULL;

	node->context = context_print(state, &wrong);
	if (node->context == PRINT_NOWHERE)
		return wrong_place(linker, node_span(template, node), wrong);
	if (node->is_raw && node->context != PRINT_TEXT)
		return wrong_place(linker, node_span(template, node),
				   _("markup cannot stand here; only text "
				     "between tags can hold it"));
	if (node->context == PRINT_JSON &&
	    (node->filter_count == 0 ||
	     !filter_is_json(node->filters[node->filter_count - 1].filter)))
		return wrong_place(linker, node_span(template, node),
				   _("a value in JSON needs the filter "
				     "\"json\", without quotes around it"));
	return true;
}

static bool place_call(struct linker *linker, const struct template *template,
		       const struct node *node,
		       const struct context_state *state)
{
	if (state->place == PLACE_TEXT || state->place == PLACE_PLAIN)
		return true;
	return wrong_place(linker, node_span(template, node),
			   _("another template can be shown in text only, not "
			     "inside a tag, a title or a script"));
}

/* Children that must lead back to the place where they begin. */
static bool place_children(struct linker *linker,
			   const struct template *template, struct node *node,
			   struct context_state *state)
{
	struct context_state end;
	const char *wrong = NULL;
	struct diag *diag;

	if (!context_divide(state, &wrong))
		return wrong_place(linker, node_span(template, node), wrong);
	node->state = *state;
	node->state_progress = STATE_KNOWN;
	end = *state;
	if (!walk(linker, template, node->first, &end))
		return false;
	if (context_divide(&end, &wrong) && context_join(state, &end))
		return true;
	diag = diag_error(linker->diags, node_span(template, node),
			  "template-context",
			  _("what stands in \"%.*s\" begins %s and ends %s"),
			  STR_ARG(node->text), context_describe(&node->state),
			  context_describe(&end));
	diag_help(linker->diags, diag,
		  _("put the opening and the closing of every element and "
		    "quote into the same section or block"));
	return false;
}

static bool place_block(struct linker *linker, const struct template *template,
			struct node *node, struct context_state *state)
{
	const struct node *first =
		map_get(&template->blocks, node->block->text);
	struct context_state copy;

	if (!place_children(linker, template, node, state))
		return false;
	copy = node->state;
	if (first == node || first->state_progress != STATE_KNOWN ||
	    context_join(&copy, &first->state))
		return true;
	return wrong_place(linker, node_span(template, node),
			   _("a block of this name already stands at another "
			     "kind of place"));
}

static bool walk(struct linker *linker, const struct template *template,
		 struct node *first, struct context_state *state)
{
	for (struct node *node = first; node != NULL; node = node->next) {
		bool ok = true;

		switch (node->kind) {
		case NODE_TEXT:
			ok = read_text(linker, template, node, state);
			break;
		case NODE_VALUE:
			ok = place_value(linker, template, node, state);
			break;
		case NODE_SECTION:
		case NODE_INVERTED:
			ok = place_children(linker, template, node, state);
			break;
		case NODE_PARTIAL:
		case NODE_PARENT:
			ok = place_call(linker, template, node, state);
			break;
		case NODE_BLOCK:
			ok = place_block(linker, template, node, state);
			break;
		}
		if (!ok)
			return false;
	}
	return true;
}

static void place_template(struct linker *linker, struct template *template)
{
	struct context_state start = context_start(template->format);
	struct context_state end = start;
	size_t len = template->source.text.len;

	if (walk(linker, template, template->first, &end) &&
	    !context_join(&start, &end))
		diag_error(linker->diags, span_of(&template->source, len, len),
			   "template-context", _("the template ends %s"),
			   context_describe(&end));
}

/* --- overrides ------------------------------------------------------------ */

static void place_override(struct linker *linker, struct node *override);

/* Lists every template that the one numbered waiting[0] can show. */
static size_t list_reached(struct linker *linker, const struct template *from)
{
	size_t count = 0;

	linker->marks++;
	linker->waiting[count++] = from->number;
	linker->mark[from->number] = linker->marks;
	for (size_t i = 0; i < count; i++) {
		const struct template *template =
			linker->set->templates.entries[linker->waiting[i]]
				.value;
		struct node *const *calls = template->calls.items;

		linker->work += template->calls.count + 1;
		for (size_t j = 0; j < template->calls.count; j++) {
			const struct template *target = calls[j]->target;

			if (target == NULL ||
			    linker->mark[target->number] == linker->marks)
				continue;
			linker->mark[target->number] = linker->marks;
			linker->waiting[count++] = target->number;
		}
	}
	return count;
}

/* NULL, or a template that would have the block if it hid none. */
static const struct template *find_culprit(const struct linker *linker,
					   const struct node *override,
					   const size_t *reached, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct template *template =
			linker->set->templates.entries[reached[i]].value;
		const struct template *hidden =
			template_hidden(linker->set, template);

		if (template->layer < override->home->layer && hidden != NULL &&
		    map_get(&hidden->blocks, override->block->text) != NULL)
			return template;
	}
	return template_in_front(linker->set, override->caller->target,
				 override->home);
}

static void report_no_block(struct linker *linker, const struct node *override,
			    const size_t *reached, size_t count)
{
	str parent = override->caller->text;
	const struct template *culprit =
		find_culprit(linker, override, reached, count);
	struct diag *diag;

	if (culprit != NULL) {
		block_lack_add(&linker->lacks, culprit, override,
			       &linker->scratch);
		return;
	}
	diag = diag_error(linker->diags, node_span(override->home, override),
			  "template-block", _("\"%.*s\" has no block \"%.*s\""),
			  STR_ARG(parent), STR_ARG(override->text));

	for (size_t i = 0; i < count; i++) {
		const struct template *template =
			linker->set->templates.entries[reached[i]].value;
		str nearest = template_nearest_key(
			&template->blocks, override->text, &linker->scratch);

		if (nearest.len == 0)
			continue;
		diag_help(linker->diags, diag, _("did you mean \"%.*s\"?"),
			  STR_ARG(nearest));
		return;
	}
}

/* A block that an override fills, and where it is written. */
struct block_place {
	const struct template *template;
	const struct node *block;
};

/* Takes over the place of the block; false when there are two places. */
static bool agree(struct linker *linker, struct node *override,
		  const struct template *template, struct node *block,
		  struct block_place *found)
{
	bool is_first = found->block == NULL;
	struct span span = node_span(override->home, override);

	if (block->owner != NULL)
		place_override(linker, block->owner);
	if (block->state_progress != STATE_KNOWN)
		return true;
	if (is_first || template->layer < found->template->layer)
		*found = (struct block_place){ template, block };
	if (is_first) {
		override->state = block->state;
		return true;
	}
	if (found->template->layer < override->home->layer)
		span = node_span(found->template, found->block);
	return context_join(&override->state, &block->state) ||
	       wrong_place(linker, span,
			   _("blocks of this name stand at different kinds "
			     "of places"));
}

static bool find_place(struct linker *linker, struct node *override,
		       struct block_place *found)
{
	size_t count = list_reached(linker, override->caller->target);
	size_t *reached = arena_array(&linker->scratch, count, sizeof(size_t));
	bool exists = false;

	for (size_t i = 0; i < count; i++)
		reached[i] = linker->waiting[i];
	for (size_t i = 0; i < count; i++) {
		const struct template *template =
			linker->set->templates.entries[reached[i]].value;
		struct node *block =
			map_get(&template->blocks, override->block->text);

		if (block == NULL)
			continue;
		exists = true;
		if (!agree(linker, override, template, block, found))
			return false;
	}
	if (!exists)
		report_no_block(linker, override, reached, count);
	return found->block != NULL;
}

/* What a stronger layer makes impossible is said of its block. */
static void place_content(struct linker *linker, struct node *override,
			  struct block_place place)
{
	struct context_state state = override->state;
	struct diag_list *diags = linker->diags;
	struct diag_list said;
	bool is_foreign = place.template->layer < override->home->layer;

	if (is_foreign) {
		diag_list_init_part(&said, &linker->scratch, diags);
		linker->diags = &said;
	}
	(void)place_children(linker, override->home, override, &state);
	linker->diags = diags;
	if (is_foreign)
		template_blame(place.template, place.block, override->home,
			       &said, diags);
}

static bool has_work_left(struct linker *linker, const struct node *override)
{
	if (linker->work < LINK_WORK_LIMIT && linker->depth < LINK_DEPTH_LIMIT)
		return true;
	diag_error(linker->diags, node_span(override->home, override),
		   "template-complex",
		   _("the templates refer to each other too often to be "
		     "checked"));
	return false;
}

static void place_override(struct linker *linker, struct node *override)
{
	struct block_place place = { 0 };

	if (override->state_progress != STATE_UNKNOWN ||
	    override->caller->target == NULL)
		return;
	override->state_progress = STATE_PENDING;
	if (!has_work_left(linker, override))
		return;
	linker->depth++;
	if (find_place(linker, override, &place))
		place_content(linker, override, place);
	linker->depth--;
}

void template_place(struct template_set *set, struct diag_list *diags)
{
	struct linker linker = { .set = set, .diags = diags };
	size_t count = set->templates.count;

	arena_init(&linker.scratch);
	list_init(&linker.lacks, sizeof(struct block_lack));
	linker.waiting = arena_array(&linker.scratch, count, sizeof(size_t));
	linker.mark = arena_array(&linker.scratch, count, sizeof(size_t));
	for (size_t i = 0; i < count; i++)
		place_template(&linker, set->templates.entries[i].value);
	for (size_t i = 0; i < count; i++) {
		const struct template *template =
			set->templates.entries[i].value;
		struct node *const *calls = template->calls.items;

		for (size_t j = 0; j < template->calls.count; j++)
			for (struct node *node = calls[j]->first; node != NULL;
			     node = node->next)
				if (node->is_override)
					place_override(&linker, node);
	}
	block_lacks_report(&linker.lacks, &linker.scratch, diags);
	arena_release(&linker.scratch);
}
