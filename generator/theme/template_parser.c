/*
 * From tokens to a tree. The parser also takes the indentation of blocks out
 * of their text, so that it can be replaced by that of the place where the
 * block is shown:
 *
 *	{{$main}}            the block's own indentation is "    ",
 *	    one              its content "one\n  two\n"
 *	      two
 *	{{/main}}
 */
#include <string.h>

#include "theme/template_lexer.h"
#include "theme/template_tree.h"

/* One open section, block or parent; the first is the template itself. */
struct level {
	struct node *node;
	struct node **tail;    /* where the next child goes */
	struct node *override; /* the innermost override around it */
	str name;
	str strip; /* what is taken from the start of each line */
};

struct parser {
	struct template *template;
	struct template_set *set;
	struct diag_list *diags;
	const struct token *tokens;
	size_t count;
	struct level levels[TEMPLATE_NESTING_LIMIT + 1];
	size_t depth;
	bool line_start;
};

static struct level *top(struct parser *parser)
{
	return &parser->levels[parser->depth];
}

static struct span token_span(const struct parser *parser,
			      const struct token *token)
{
	return (struct span){ parser->template->source.number, token->start,
			      token->end };
}

static struct node *add_node(struct parser *parser, enum node_kind kind,
			     const struct token *token)
{
	struct node *node = arena_alloc(parser->set->arena, sizeof(*node));

	node->kind = kind;
	node->start = token->start;
	node->end = token->end;
	*top(parser)->tail = node;
	top(parser)->tail = &node->next;
	return node;
}

/* --- text ----------------------------------------------------------------- */

static size_t common_prefix(str a, str b)
{
	size_t len = 0;

	while (len < a.len && len < b.len && a.data[len] == b.data[len])
		len++;
	return len;
}

/* Takes `strip`, or as much of it as is there, from the start of each line. */
static str dedent(struct parser *parser, str text, str strip)
{
	bool line_start = parser->line_start;
	struct buf out;

	buf_init(&out, parser->set->arena);
	while (text.len > 0) {
		size_t end = str_find_byte(text, '\n');
		size_t from = line_start ? common_prefix(text, strip) : 0;

		end = end == STR_NONE ? text.len : end + 1;
		buf_add(&out, str_between(text, from, end));
		text = str_from(text, end);
		line_start = true;
	}
	return buf_str(&out);
}

/* In strict mode a parent holds blocks only; what else it holds is lost. */
static bool is_lost(struct parser *parser, const struct token *token)
{
	const struct level *level = top(parser);

	if (level->node == NULL || level->node->kind != NODE_PARENT)
		return false;
	if (parser->set->mode == TEMPLATE_STRICT &&
	    (token->kind != TOKEN_TEXT || str_trim(token->text).len > 0))
		diag_help(
			parser->diags,
			diag_error(parser->diags,
				   token->kind == TOKEN_TEXT
					   ? span_of_part(
						     &parser->template->source,
						     str_trim(token->text))
					   : token_span(parser, token),
				   "template-lost",
				   _("this is never shown: only blocks "
				     "count inside {{<%.*s}}"),
				   STR_ARG(level->name)),
			_("put it into a block {{$name}}…{{/name}}"));
	return true;
}

static void add_text(struct parser *parser, const struct token *token)
{
	str text = token->text;
	struct node *node;

	if (text.len == 0 || is_lost(parser, token))
		return;
	node = add_node(parser, NODE_TEXT, token);
	node->text = top(parser)->strip.len == 0
			     ? text
			     : dedent(parser, text, top(parser)->strip);
	parser->line_start = text.data[text.len - 1] == '\n';
}

/* --- names ---------------------------------------------------------------- */

static bool is_name_byte(unsigned char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' ||
	       byte >= 0x80;
}

static bool bad_name(struct parser *parser, const struct token *token)
{
	diag_help(parser->diags,
		  diag_error(parser->diags, token_span(parser, token),
			     "template-name", _("\"%.*s\" is not a name"),
			     STR_ARG(token->text)),
		  _("names are made of letters, digits, _ and -, with a dot "
		    "between a name and a part of it"));
	return false;
}

static bool is_good_name(const struct parser *parser, str name,
			 const char *also)
{
	if (name.len == 0)
		return false;
	if (parser->set->mode == TEMPLATE_LENIENT)
		return true;
	for (size_t i = 0; i < name.len; i++)
		if (!is_name_byte((unsigned char)name.data[i]) &&
		    strchr(also, name.data[i]) == NULL)
			return false;
	return true;
}

static enum loop_fact fact_of(str name)
{
	static const struct {
		const char *name;
		enum loop_fact fact;
	} facts[] = {
		{ "@first", LOOP_FIRST },
		{ "@last", LOOP_LAST },
		{ "@index", LOOP_INDEX },
		{ "@length", LOOP_LENGTH },
	};

	for (size_t i = 0; i < COUNT_OF(facts); i++)
		if (str_equal_c(name, facts[i].name))
			return facts[i].fact;
	return LOOP_NONE;
}

/* After a mistake `path` is empty: nobody follows half a name. */
static bool parse_path(struct parser *parser, const struct token *token,
		       str text, struct path *path)
{
	const struct name *parts[TEMPLATE_PATH_LIMIT];
	size_t count = 0;
	str part;

	path->fact = fact_of(text);
	if (path->fact != LOOP_NONE || str_equal_c(text, "."))
		return true;
	if (text.len == 0)
		return bad_name(parser, token);
	while (str_split_next(&text, '.', &part)) {
		if (count == TEMPLATE_PATH_LIMIT ||
		    (parser->set->mode == TEMPLATE_STRICT &&
		     !is_good_name(parser, part, "")))
			return bad_name(parser, token);
		parts[count++] = template_intern(parser->set, part);
	}
	path->parts =
		arena_array(parser->set->arena, count, sizeof(*path->parts));
	memcpy(path->parts, parts, count * sizeof(*parts));
	path->count = count;
	return true;
}

/* --- tags ----------------------------------------------------------------- */

/* `name` or `name | filter | filter`. */
static void parse_name(struct parser *parser, const struct token *token,
		       struct node *node)
{
	size_t bar = str_find_byte(token->text, '|');

	node->text = token->text;
	if (bar != STR_NONE) {
		node->text = str_trim(str_between(token->text, 0, bar));
		if (!filter_parse(&node->filters, &node->filter_count,
				  &parser->template->source,
				  str_from(token->text, bar + 1),
				  parser->set->arena, parser->diags))
			node->filter_count = 0;
	}
	node->path.is_broken =
		!parse_path(parser, token, node->text, &node->path);
}

static void add_value(struct parser *parser, const struct token *token)
{
	struct node *node = add_node(parser, NODE_VALUE, token);

	node->is_raw = token->kind == TOKEN_RAW;
	parse_name(parser, token, node);
}

static void open_level(struct parser *parser, struct node *node, str strip)
{
	struct level *above = top(parser);
	struct level *level = &parser->levels[++parser->depth];

	*level = (struct level){
		.node = node,
		.tail = &node->first,
		.override = node->is_override ? node : above->override,
		.name = node->text,
		.strip = strip,
	};
}

static void add_section(struct parser *parser, const struct token *token)
{
	struct node *node = add_node(
		parser,
		token->kind == TOKEN_SECTION ? NODE_SECTION : NODE_INVERTED,
		token);

	parse_name(parser, token, node);
	open_level(parser, node, top(parser)->strip);
}

static str cut_indent(str indent)
{
	return str_between(indent, 0, TEMPLATE_INDENT_LIMIT);
}

/* What of `indent` is left when the lines around lose `strip`. */
static str indent_within(str indent, str strip)
{
	return str_from(indent, common_prefix(indent, strip));
}

static void add_partial(struct parser *parser, const struct token *token)
{
	struct node *node = add_node(parser, NODE_PARTIAL, token);

	node->text = token->text;
	node->opens_line = node->closes_line = token->opens;
	if (token->opens)
		node->indent = indent_within(cut_indent(token->indent),
					     top(parser)->strip);
	if (node->text.len > 0 && node->text.data[0] == '*') {
		node->is_dynamic = true;
		node->text = str_trim(str_from(node->text, 1));
		node->path.is_broken =
			!parse_path(parser, token, node->text, &node->path);
	} else if (!is_good_name(parser, node->text, "./")) {
		(void)bad_name(parser, token);
	}
	*(struct node **)list_add(&parser->template->calls,
				  parser->set->arena) = node;
}

static void add_parent(struct parser *parser, const struct token *token)
{
	struct node *node = add_node(parser, NODE_PARENT, token);

	node->text = token->text;
	node->opens_line = token->opens;
	if (token->opens)
		node->indent = indent_within(cut_indent(token->indent),
					     top(parser)->strip);
	if (!is_good_name(parser, node->text, "./"))
		(void)bad_name(parser, token);
	*(struct node **)list_add(&parser->template->calls,
				  parser->set->arena) = node;
	open_level(parser, node, top(parser)->strip);
}

/* The white space before the first line of a block that opens a line. */
static str first_indent(const struct parser *parser, size_t number,
			bool *is_empty)
{
	size_t next = number + 1;
	str text;
	size_t len = 0;

	*is_empty = false;
	if (next < parser->count && parser->tokens[next].kind == TOKEN_TEXT &&
	    parser->tokens[next].text.len == 0)
		next++;
	if (next == parser->count || parser->tokens[next].partner == number) {
		*is_empty = true;
		return (str){ "", 0 };
	}
	if (parser->tokens[next].kind != TOKEN_TEXT)
		return parser->tokens[next].indent;
	text = parser->tokens[next].text;
	while (len < text.len &&
	       (text.data[len] == ' ' || text.data[len] == '\t'))
		len++;
	return str_between(text, 0, len);
}

static void add_block(struct parser *parser, size_t number)
{
	const struct token *token = &parser->tokens[number];
	struct level *above = top(parser);
	bool on_own_line = token->opens && token->ends;
	struct node *node = add_node(parser, NODE_BLOCK, token);
	bool is_empty = false;
	str strip = on_own_line ? first_indent(parser, number, &is_empty)
				: token->indent;

	strip = cut_indent(strip);
	node->text = token->text;
	if (!is_good_name(parser, node->text, ""))
		(void)bad_name(parser, token);
	node->block = template_intern(parser->set, token->text);
	node->opens_line = on_own_line;
	node->indent = indent_within(
		is_empty ? cut_indent(token->indent) : strip, above->strip);
	node->owner = above->override;
	node->is_override =
		above->node != NULL && above->node->kind == NODE_PARENT;
	if (node->is_override) {
		node->caller = above->node;
		node->home = parser->template;
	} else {
		map_add(&parser->template->blocks, node->block->text, node);
	}
	open_level(parser, node, strip);
}

static const char *mark_of(const struct node *node)
{
	switch (node->kind) {
	case NODE_SECTION:
		return "#";
	case NODE_INVERTED:
		return "^";
	case NODE_PARENT:
		return "<";
	default:
		return "$";
	}
}

static void report_open(struct parser *parser, const struct level *level)
{
	diag_help(parser->diags,
		  diag_error(parser->diags,
			     node_span(parser->template, level->node),
			     "template-section",
			     _("{{%s%.*s}} is never closed"),
			     mark_of(level->node), STR_ARG(level->name)),
		  _("write {{/%.*s}} where it ends"), STR_ARG(level->name));
}

static void close_level(struct parser *parser, const struct token *token)
{
	size_t depth = parser->depth;

	while (depth > 0 && !str_equal(parser->levels[depth].name, token->text))
		depth--;
	if (depth == 0) {
		diag_error(parser->diags, token_span(parser, token),
			   "template-close",
			   _("{{/%.*s}} closes nothing that is open here"),
			   STR_ARG(token->text));
		return;
	}
	for (; parser->depth > depth; parser->depth--)
		report_open(parser, top(parser));
	top(parser)->node->closes_line = token->opens && token->ends;
	parser->depth--;
}

/* --- everything ----------------------------------------------------------- */

static bool opens_level(enum token_kind kind)
{
	return kind == TOKEN_SECTION || kind == TOKEN_INVERTED ||
	       kind == TOKEN_PARENT || kind == TOKEN_BLOCK;
}

static bool check_depth(struct parser *parser, const struct token *token)
{
	if (!opens_level(token->kind) || parser->depth < TEMPLATE_NESTING_LIMIT)
		return true;
	diag_error(parser->diags, token_span(parser, token), "template-depth",
		   _("more than %d tags inside each other"),
		   TEMPLATE_NESTING_LIMIT);
	return false;
}

static void add_tag(struct parser *parser, size_t number)
{
	const struct token *token = &parser->tokens[number];

	if (token->kind != TOKEN_CLOSE && token->kind != TOKEN_BLOCK &&
	    token->kind != TOKEN_COMMENT && token->kind != TOKEN_DELIMITERS)
		(void)is_lost(parser, token);
	switch (token->kind) {
	case TOKEN_VALUE:
	case TOKEN_RAW:
		add_value(parser, token);
		break;
	case TOKEN_SECTION:
	case TOKEN_INVERTED:
		add_section(parser, token);
		break;
	case TOKEN_CLOSE:
		close_level(parser, token);
		break;
	case TOKEN_PARTIAL:
		add_partial(parser, token);
		break;
	case TOKEN_PARENT:
		add_parent(parser, token);
		break;
	case TOKEN_BLOCK:
		add_block(parser, number);
		break;
	default:
		break;
	}
	parser->line_start = token->ends;
}

static void parse_tokens(struct parser *parser)
{
	for (size_t i = 0; i < parser->count; i++) {
		const struct token *token = &parser->tokens[i];

		if (!check_depth(parser, token))
			return;
		if (token->kind == TOKEN_TEXT)
			add_text(parser, token);
		else
			add_tag(parser, i);
	}
	for (; parser->depth > 0; parser->depth--)
		report_open(parser, top(parser));
}

void template_parse(struct template *template, struct template_set *set,
		    struct diag_list *diags)
{
	struct arena scratch;
	struct list tokens;
	struct parser parser = {
		.template = template,
		.set = set,
		.diags = diags,
		.levels = { { .tail = &template->first } },
		.line_start = true,
	};

	if (template->source.text.len > TEMPLATE_SIZE_LIMIT) {
		diag_error(diags, span_of(&template->source, 0, 0),
			   "template-size",
			   _("the template is larger than %d bytes"),
			   TEMPLATE_SIZE_LIMIT);
		return;
	}
	arena_init(&scratch);
	if (template_lex(&tokens, &template->source, &scratch, diags)) {
		parser.tokens = tokens.items;
		parser.count = tokens.count;
		parse_tokens(&parser);
	}
	arena_release(&scratch);
}
