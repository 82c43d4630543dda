#include "base/diag.h"
#include "command/command.h"
#include "command/help.h"
#include "command/messages.h"
#include "command/options.h"
#include "pipeline/build.h"

static const struct command_usage usage = {
	"explain", "lrwoadnh",
	N_("Says why a page was made by the last build, and whether the next "
	   "one would make it again. PAGE is its address, or its file below "
	   "--out. A kind of message ([link-dead]) is explained too."),
	"PAGE"
};

static const char *const part_reasons[PART_COUNT] = {
	[PART_THEME] = N_("the theme: its template, or one that it uses"),
	[PART_SITE] =
		N_("the site: settings or navigation shown on every page"),
	[PART_SUBJECT] = N_(
		"its subject: the resource's file, or the column's settings"),
	[PART_LINKS] = N_("what it links to, or what is next to it"),
	[PART_LISTS] = N_("the rows of a list that it shows"),
};

static void print_reasons(uint32_t reasons)
{
	if (reasons & REASON_NEW)
		printf("  %s\n", _("it was new, or nothing was known of it"));
	for (size_t i = 0; i < PART_COUNT; i++)
		if (reasons & (UINT32_C(1) << i))
			printf("  %s: %s\n", fingerprint_parts[i],
			       _(part_reasons[i]));
}

/* The letter before the name says what it names: plan/build_record.h. */
static void print_dependency(str name)
{
	const char *mark = name.data[0] == 'i' ? "id:" : "";
	uint64_t digest;
	str path;

	if (dependency_anchors(&digest, &path, name)) {
		printf(_("  it leads to an anchor of %.*s\n"), STR_ARG(path));
		return;
	}
	name = str_from(name, 2);
	printf(_("  it leads to %s%.*s\n"), mark, STR_ARG(name));
}

/* "https://domain/path", "domain/path" or "public/domain/path". */
static str strip_address(const struct build *build, str address)
{
	str out = str_from_c(build->options->out);

	if (str_starts_with(address, STR("https://")))
		return str_from(address, STR("https://").len);
	if (str_starts_with(address, out) && address.len > out.len &&
	    address.data[out.len] == '/')
		return str_from(address, out.len + 1);
	return address;
}

static size_t find_site(const struct build *build, str *address)
{
	size_t slash = str_find_byte(*address, '/');
	str domain = str_between(*address, 0, slash);

	for (size_t i = 0; i < build->library.cluster.count; i++)
		if (str_equal(build->library.cluster.sites[i].domain, domain)) {
			*address = slash == STR_NONE
					   ? STR("")
					   : str_from(*address, slash + 1);
			return i;
		}
	return STR_NONE;
}

static const struct page *find_page(struct build *build, const char *wanted,
				    size_t *site)
{
	str path = strip_address(build, str_from_c(wanted));
	const struct page *page = NULL;
	struct diag *diag;

	*site = find_site(build, &path);
	if (*site != STR_NONE) {
		str parts[2] = { path, STR("index.html") };

		if (path.len == 0 || path.data[path.len - 1] == '/')
			path = arena_join(&build->arena, parts, 2);
		page = site_plan_find(&build->library.plan.sites[*site], path);
	}
	if (page != NULL)
		return page;
	diag = diag_failure(&build->diags, "page-unknown",
			    _("there is no page “%s”"), wanted);
	diag_help(&build->diags, diag,
		  _("write domain and path: www.shifan.gov.cn/yw/; “jiyue "
		    "plan” lists all pages"));
	return NULL;
}

static void explain(const struct build *build, size_t site,
		    const struct page *page)
{
	const struct page_work *work = &build->work;
	const struct site_plan *plan = &build->library.plan.sites[site];
	size_t item = work->site_starts[site] + (size_t)(page - plan->pages);
	const struct recorded_page *known = work->known[item];
	struct page_comparison now =
		build_record_compare(&build->library.plan, plan, page, known);

	printf("%.*s/%.*s\n", STR_ARG(plan->site->domain), STR_ARG(page->path));
	if (known != NULL) {
		printf(_("last made from %.12s because of\n"), known->revision);
		print_reasons(known->reasons);
		for (size_t i = 0; i < known->dependencies.count; i++)
			print_dependency(known->dependencies.names[i]);
	}
	if (now.freshness == FRESHNESS_SAME) {
		printf(_("it would not be made again\n"));
	} else {
		printf(_("it would be made now because of\n"));
		print_reasons(now.reasons);
	}
}

int command_explain(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	const struct page *page;
	size_t site;
	int code;

	if (!options_parse(&options, &usage, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (diag_kind_find(options.argument) != NULL) {
		help_message(diag_kind_find(options.argument));
		return EXIT_CLEAN;
	}
	if (options.build.out == NULL)
		options.build.out = "public";
	options.build.always = true;
	if (build_open(&build, &options.build) &&
	    (page = find_page(&build, options.argument, &site)) != NULL) {
		build_compare(&build);
		explain(&build, site, page);
	}
	code = messages_finish(&build);
	build_close(&build);
	return code;
}
