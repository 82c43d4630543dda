#include "command/check_outside.h"

#include <stdio.h>
#include <unistd.h>

#include "base/diag.h"
#include "release/outside.h"

struct asked_counts {
	size_t kept;
	size_t troubled;
	size_t forbidden;
};

static void on_asked(void *context, size_t done, size_t count)
{
	(void)context;
	fprintf(stderr, "\r%zu/%zu%s", done, count, done == count ? "\n" : "");
}

/* NULL: there is nothing wrong with it. */
static struct diag *tell(struct diag_list *diags,
			 const struct outside_address *address)
{
	str href = address->href;

	switch (address->answer) {
	case OUTSIDE_GONE:
		return diag_error(diags, span_none(), "outside-gone",
				  _("the link leads to what is not there any "
				    "more: %.*s (%ld)"),
				  STR_ARG(href), address->status);
	case OUTSIDE_BROKEN:
		return diag_warning(diags, span_none(), "outside-broken",
				    _("the link leads to a host that does not "
				      "answer: %.*s (%s)"),
				    STR_ARG(href),
				    address->why == NULL ? "" : address->why);
	case OUTSIDE_PRIVATE:
		return diag_warning(diags, span_none(), "outside-private",
				    _("the link leads to an address that only "
				      "an inner net has: %.*s"),
				    STR_ARG(href));
	default:
		return NULL;
	}
}

static void tell_all(struct build *build,
		     const struct outside_address *addresses)
{
	const struct page_links_found *found = &build->links;

	for (size_t i = 0; i < found->outside_count; i++) {
		struct diag *diag = tell(&build->diags, &addresses[i]);

		if (diag == NULL)
			continue;
		diag->path = found->outside[i].path;
		diag_help(&build->diags, diag,
			  _("pages with it: %zu; lead somewhere else, or take "
			    "the link out"),
			  found->outside[i].pages);
	}
}

static void count(const struct outside_address *addresses, size_t total)
{
	struct asked_counts counts = { 0 };

	for (size_t i = 0; i < total; i++) {
		counts.kept += addresses[i].is_kept;
		counts.troubled += addresses[i].answer == OUTSIDE_TROUBLED;
		counts.forbidden += addresses[i].answer == OUTSIDE_FORBIDDEN;
	}
	fprintf(stderr,
		_("addresses outside: %zu, known from before: %zu, in trouble "
		  "today: %zu, not asked because of robots.txt: %zu\n"),
		total, counts.kept, counts.troubled, counts.forbidden);
}

void check_outside(struct build *build, const struct command_options *options)
{
	const struct page_links_found *found = &build->links;
	const struct outside_options how = {
		.rate = options->rate_is_given ? options->rate : 1,
		.is_private = options->external_private,
		.file = options->external_file,
		.asked = isatty(STDERR_FILENO) ? on_asked : NULL,
	};
	struct outside_address *addresses = arena_array(
		&build->arena, found->outside_count, sizeof(*addresses));

	for (size_t i = 0; i < found->outside_count; i++)
		addresses[i].href = found->outside[i].href;
	if (!outside_ask(addresses, found->outside_count, &how, &build->arena,
			 &build->diags))
		return;
	tell_all(build, addresses);
	count(addresses, found->outside_count);
}
