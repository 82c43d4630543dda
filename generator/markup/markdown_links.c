/*
 * Links, images and footnote references: the only places where an address from
 * a text gets into a page. So schemes are looked at here and nowhere else,
 * after whoever knows the library has had its say; what leads nowhere becomes
 * text, with a class of its own, and is told at the place of the address.
 */
#include "markup/markdown_writer.h"

#include <cmark.h>

#include "markup/html.h"
#include "markup/markdown_plain.h"

static bool is_one_of(str scheme, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_equal_c(scheme, *list))
			return true;
	return false;
}

/* Refused before anybody resolves them, in every mode. */
static bool is_dangerous(str scheme)
{
	static const char *const schemes[] = { "javascript", "data", "vbscript",
					       "file",	     "blob", NULL };

	return is_one_of(scheme, schemes);
}

/* What a page may hold; `resolve` knows the others, such as "id:". */
static bool is_allowed(str scheme, bool is_image)
{
	static const char *const schemes[] = { "", "http", "https", NULL };
	static const char *const contacts[] = { "mailto", "tel", NULL };

	return is_one_of(scheme, schemes) ||
	       (!is_image && is_one_of(scheme, contacts));
}

static bool refuse(struct markdown_writer *writer, struct span span, str scheme)
{
	struct diag *diag = diag_error(
		writer->diags, span, "link-scheme",
		_("an address may not start with \"%.*s:\""), STR_ARG(scheme));

	diag_help(writer->diags, diag, "%s",
		  scheme.len == 1 || str_equal_c(scheme, "file")
			  ? _("this is a file of your own computer: put it "
			      "beside the text's index.md and write its name")
			  : _("use https:, mailto:, tel:, or a path in the "
			      "library"));
	return false;
}

/*
 * The place of the address itself when it stands on the node's first line as
 * written; else the place of the whole link.
 */
static struct span address_span(const struct markdown_writer *writer,
				cmark_node *node, str url)
{
	const struct source *source = writer->tree->text.source;
	struct span span = markdown_text_span(&writer->tree->text, node);
	str part;
	size_t at;

	if (span.source == SOURCE_NONE || url.len == 0)
		return span;
	part = str_between(source->text, span.start, span.end);
	at = str_find(part, url);
	if (at == STR_NONE)
		return span;
	return span_of(source, span.start + at, span.start + at + url.len);
}

static bool resolve(struct markdown_writer *writer, cmark_node *node,
		    struct markdown_target *target, str url, bool is_image)
{
	const struct markdown_options *options = writer->options;
	struct span span = address_span(writer, node, url);
	str scheme = html_url_scheme(url, writer->arena);

	/* what is kept of it outlives the tree */
	url = arena_copy(writer->arena, url);
	*target = (struct markdown_target){ .address = url };
	if (is_dangerous(scheme))
		return refuse(writer, span, scheme);
	if (options->resolve == NULL)
		return true;
	if (!is_image)
		target->text = markdown_plain_text(
			node, &writer->tree->footnotes, writer->arena);
	if (!options->resolve(options->context, target, url, is_image, span,
			      writer->diags))
		return false;
	scheme = html_url_scheme(target->address, writer->arena);
	if (!is_allowed(scheme, is_image))
		return refuse(writer, span, scheme);
	return true;
}

static void write_attribute(struct markdown_writer *writer, const char *name,
			    str value)
{
	buf_printf(&writer->out, " %s=\"", name);
	markdown_write_text(writer, value);
	buf_add_byte(&writer->out, '"');
}

static void write_address(struct markdown_writer *writer, const char *name,
			  str address)
{
	struct buf encoded;

	buf_init(&encoded, writer->arena);
	html_escape_url(&encoded, address);
	write_attribute(writer, name, buf_str(&encoded));
}

/* --- the notices before leaving ------------------------------------------- */

/* The notice of the address, added the first time; returns whether it was. */
static bool find_notice(struct markdown_writer *writer, str address,
			size_t *number)
{
	size_t *known = map_get(&writer->outside_numbers, address);
	struct markdown_outside *outside;

	if (known != NULL) {
		*number = *known;
		return false;
	}
	known = arena_alloc(writer->arena, sizeof(*known));
	*known = *number = writer->outside.count + 1;
	map_add(&writer->outside_numbers, address, known);
	outside = list_add(&writer->outside, writer->arena);
	outside->address = address;
	outside->id =
		arena_printf(writer->arena, "%.*s%zu",
			     STR_ARG(writer->options->leave_prefix), *number);
	return true;
}

/* The first link to an address has an id, the way back from the notice. */
str markdown_outside_attributes(struct markdown_writer *writer, str address,
				str *href)
{
	const struct markdown_outside *notices;
	struct buf out;
	size_t number;
	bool is_first = find_notice(writer, arena_copy(writer->arena, address),
				    &number);

	notices = writer->outside.items;
	*href = arena_printf(writer->arena, "#%.*s",
			     STR_ARG(notices[number - 1].id));
	buf_init(&out, writer->arena);
	buf_add_c(&out, " class=\"outside\" rel=\"external nofollow\"");
	if (is_first)
		buf_printf(&out, " id=\"%.*s-link\"",
			   STR_ARG(notices[number - 1].id));
	return buf_str(&out);
}

/* --- links ---------------------------------------------------------------- */

static bool resolve_link(struct markdown_writer *writer, cmark_node *node,
			 struct markdown_target *target, str url)
{
	if (writer->options->plain || !str_starts_with(url, STR("#")))
		return resolve(writer, node, target, url, false);
	*target = (struct markdown_target){
		.address = markdown_jump_add(writer, str_from(url, 1),
					     address_span(writer, node, url))
	};
	return true;
}

static void write_open(struct markdown_writer *writer,
		       const struct markdown_target *target)
{
	str href = target->address;
	str attributes = STR("");

	buf_add_c(&writer->out, "<a");
	if (target->is_outside)
		attributes = markdown_outside_attributes(writer, href, &href);
	write_address(writer, "href", href);
	buf_add(&writer->out, attributes);
}

void markdown_link_open(struct markdown_writer *writer, cmark_node *node,
			str url, str title)
{
	struct markdown_target target;

	writer->link = (struct markdown_link){ 0 };
	if (!resolve_link(writer, node, &target, url)) {
		writer->link.is_dead = true;
		buf_add_c(&writer->out, "<span class=\"dead-link\">");
		return;
	}
	writer->link.is_open = true;
	writer->link.note = target.note;
	write_open(writer, &target);
	if (target.download.len > 0)
		write_attribute(writer, "download", target.download);
	if (title.len > 0)
		write_attribute(writer, "title", title);
	buf_add_byte(&writer->out, '>');
}

void markdown_link_close(struct markdown_writer *writer)
{
	struct markdown_link link = writer->link;

	writer->link = (struct markdown_link){ 0 };
	if (link.is_open)
		buf_add_c(&writer->out, "</a>");
	if (link.is_dead)
		buf_add_c(&writer->out, "</span>");
	if (link.is_open && link.note.len > 0) {
		buf_add_c(&writer->out, "<span class=\"file-note\">");
		markdown_write_text(writer, link.note);
		buf_add_c(&writer->out, "</span>");
	}
	if (link.footnote != NULL)
		markdown_footnote_reference(writer, link.footnote);
}

/* --- images --------------------------------------------------------------- */

static str title_of(cmark_node *node)
{
	return str_from_c(cmark_node_get_title(node));
}

static void check_alt(struct markdown_writer *writer, cmark_node *node, str alt)
{
	struct diag *diag;

	if (writer->options->plain || str_trim(alt).len > 0)
		return;
	diag = diag_error(
		writer->diags, markdown_text_span(&writer->tree->text, node),
		"markdown-image-alt", _("the image has no description"));
	diag_help(writer->diags, diag,
		  _("say what it shows between the brackets: ![…](…)"));
}

static bool is_figure(const struct markdown_writer *writer, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);

	return !writer->options->plain && title_of(node).len > 0 &&
	       cmark_node_get_type(parent) == CMARK_NODE_PARAGRAPH &&
	       cmark_node_next(node) == NULL &&
	       cmark_node_previous(node) == NULL;
}

str markdown_size_attributes(const struct markdown_writer *writer,
			     const struct markdown_target *target)
{
	if (target->width == 0 || writer->options->plain)
		return STR("");
	return arena_printf(writer->arena, " width=\"%u\" height=\"%u\"",
			    (unsigned)target->width, (unsigned)target->height);
}

/*
 * The smaller ones are for browsers that know WebP; others see the picture as
 * ever. A column of text is at most 48rem wide.
 */
static void open_small(struct markdown_writer *writer,
		       const struct markdown_target *target)
{
	if (target->small.len == 0)
		return;
	buf_add_c(&writer->out, "<picture><source type=\"image/webp\"");
	write_attribute(writer, "srcset", target->small);
	buf_add_c(&writer->out, " sizes=\"(max-width: 48rem) 100vw, 48rem\">");
}

void markdown_image(struct markdown_writer *writer, cmark_node *node)
{
	str alt = markdown_plain_text(node, &writer->tree->footnotes,
				      writer->arena);
	struct markdown_target target;

	check_alt(writer, node, alt);
	if (!resolve(writer, node, &target,
		     str_from_c(cmark_node_get_url(node)), true)) {
		markdown_write_text(writer, alt);
		return;
	}
	if (writer->first_image.len == 0)
		writer->first_image = arena_copy(writer->arena, target.address);
	if (!writer->options->plain)
		open_small(writer, &target);
	buf_add_c(&writer->out, "<img");
	write_address(writer, "src", target.address);
	write_attribute(writer, "alt", alt);
	buf_add(&writer->out, markdown_size_attributes(writer, &target));
	if (title_of(node).len > 0 && !is_figure(writer, node))
		write_attribute(writer, "title", title_of(node));
	if (!writer->options->plain)
		buf_add_c(&writer->out, " loading=\"lazy\" decoding=\"async\"");
	buf_add_byte(&writer->out, '>');
	if (!writer->options->plain && target.small.len > 0)
		buf_add_c(&writer->out, "</picture>");
}

/* --- footnotes ------------------------------------------------------------ */

void markdown_footnote_reference(struct markdown_writer *writer,
				 struct markdown_footnote *footnote)
{
	if (footnote->number == 0) {
		struct markdown_footnote **place =
			list_add(&writer->footnote_order, writer->arena);

		*place = footnote;
		footnote->number = writer->footnote_order.count;
	}
	footnote->reference_count++;
	buf_printf(&writer->out,
		   "<sup class=\"footnote-ref\"><a href=\"#fn-%zu\""
		   " id=\"fnref-%zu",
		   footnote->number, footnote->number);
	if (footnote->reference_count > 1)
		buf_printf(&writer->out, "-%zu", footnote->reference_count);
	buf_printf(&writer->out, "\">%zu</a></sup>", footnote->number);
}
