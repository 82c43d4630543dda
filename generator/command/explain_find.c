/*
 * People have at hand what they see: an address from a browser, a path below
 * the output or the library, a title of a folder. Each form is tried in turn,
 * from the most exact to the nearest name, and when nothing fits the message
 * says what would have.
 */
#include "command/explain_find.h"

#include "base/diag.h"
#include "markup/url_path.h"
#include "plan/address_check.h"
#include "plan/redirects.h"

enum { NAMES_LIMIT = 20000 }; /* that a wrong one is compared with */

/* --- a page of a resource ------------------------------------------------- */

static bool shows(const struct page *page, uint32_t resource)
{
	return page->resource == resource && page->kind == PAGE_ARTICLE;
}

static bool find_resource_page(struct explained *out, const struct build *build,
			       uint32_t resource)
{
	const struct page_plan *plan = &build->library.plan;
	struct placement placement =
		arrangement_of(&build->library.arrangement, resource);

	out->file = catalog_file(&build->library.catalog, resource);
	if (placement.site == NULL)
		return false;
	out->site = placement.site->number;
	for (size_t i = 0; i < plan->sites[out->site].count; i++) {
		out->page = &plan->sites[out->site].pages[i];
		if (shows(out->page, resource))
			return true;
	}
	out->page = NULL;
	return false;
}

static bool is_after(struct moment moment, const struct build *build)
{
	return moment.is_set &&
	       moment_compare(moment, build->library.as_of) > 0;
}

static struct diag *no_page(struct build *build, str path, const char *why)
{
	return diag_failure(&build->diags, "page-none",
			    _("“%.*s” has no page: %s"), STR_ARG(path), why);
}

static void say_when(struct build *build, str path, struct moment moment,
		     const char *field)
{
	struct diag *diag = no_page(build, path, _("it is not published yet"));
	struct buf text;

	buf_init(&text, &build->arena);
	moment_format(&text, moment, STR("%Y-%m-%d %H:%M"));
	diag_help(&build->diags, diag,
		  _("“%s” says %.*s; --as-of shows a later day"), field,
		  STR_ARG(buf_str(&text)));
}

/* Why nobody gets to see it. */
static void say_why(struct build *build, uint32_t number)
{
	const struct library *library = &build->library;
	struct placement placement =
		arrangement_of(&library->arrangement, number);
	struct resource resource;

	catalog_get(&resource, &library->catalog, number);
	if (placement.visibility == VISIBLE_GONE)
		diag_help(&build->diags,
			  no_page(build, resource.path,
				  _("it is withdrawn or has expired")),
			  _("its address answers 410; “status” and "
			    "“expires_on” say so"));
	else if (is_after(resource.date, build))
		say_when(build, resource.path, resource.date, "date");
	else if (is_after(resource.publish_at, build))
		say_when(build, resource.path, resource.publish_at,
			 "publish_at");
	else if (placement.visibility == VISIBLE_NOT)
		diag_help(&build->diags,
			  no_page(build, resource.path,
				  _("its “status” is not “published”")),
			  _("`jiyue build --worktree --drafts` shows it"));
	else
		diag_help(&build->diags,
			  no_page(build, resource.path,
				  _("no site and column takes it")),
			  _("see the messages of `jiyue check`"));
}

/* --- names that are nearly right ------------------------------------------ */

/* The path with the same or nearly the same last part; or empty. */
static str nearest_path(str wanted, const str *paths, size_t count,
			struct arena *arena)
{
	str *names = arena_array(arena, count, sizeof(*names));
	str nearest = str_nearest(wanted, paths, count);
	str name = str_file_name(wanted);

	if (nearest.len > 0)
		return nearest;
	for (size_t i = 0; i < count; i++)
		names[i] = str_file_name(paths[i]);
	if (!str_equal(name, STR("index.html")) &&
	    !str_equal(name, STR("index.md")))
		nearest = str_nearest(name, names, count);
	for (size_t i = 0; nearest.len > 0 && i < count; i++)
		if (str_equal(names[i], nearest))
			return paths[i];
	return nearest;
}

static str nearest_resource(const struct build *build, str path,
			    struct arena *arena)
{
	const struct catalog *catalog = &build->library.catalog;
	size_t count =
		catalog->count < NAMES_LIMIT ? catalog->count : NAMES_LIMIT;
	str *paths = arena_array(arena, count, sizeof(*paths));

	for (size_t i = 0; i < count; i++)
		paths[i] = snapshot_path(&build->library.snapshot,
					 catalog_file(catalog, (uint32_t)i));
	return nearest_path(path, paths, count, arena);
}

static str nearest_page(const struct site_plan *plan, str path,
			struct arena *arena)
{
	size_t count = plan->count < NAMES_LIMIT ? plan->count : NAMES_LIMIT;
	str *paths = arena_array(arena, count, sizeof(*paths));
	str nearest;

	for (size_t i = 0; i < count; i++)
		paths[i] = plan->pages[i].path;
	nearest = nearest_path(path, paths, count, arena);
	return nearest.len == 0 ? nearest
				: arena_printf(arena, "%.*s/%.*s",
					       STR_ARG(plan->site->domain),
					       STR_ARG(nearest));
}

static str nearest_domain(const struct build *build, str domain,
			  struct arena *arena)
{
	const struct cluster *cluster = &build->library.cluster;
	str *names = arena_array(arena, cluster->count, sizeof(*names));

	for (size_t i = 0; i < cluster->count; i++)
		names[i] = cluster->sites[i].domain;
	return str_nearest(domain, names, cluster->count);
}

static void say_unknown(struct build *build, const char *wanted, str nearest)
{
	struct diag *diag = diag_failure(&build->diags, "page-unknown",
					 _("there is no page “%s”"), wanted);

	if (nearest.len > 0)
		diag_help(&build->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	else
		diag_help(&build->diags, diag,
			  _("write its address (www.shifan.gov.cn/yw/) or its "
			    "text (content/…/x.md); “jiyue plan” lists all "
			    "pages"));
}

/* --- a text of the library ------------------------------------------------ */

/* "./content/x.md", "LIBRARY/content/x.md" and "jyj/x.md" are content/…. */
static str library_path(const struct build *build, str text)
{
	str folder = str_from_c(build->options->library.folder);

	if (str_starts_with(text, folder) && text.len > folder.len &&
	    text.data[folder.len] == '/')
		text = str_from(text, folder.len + 1);
	while (str_starts_with(text, STR("./")))
		text = str_from(text, 2);
	if (str_starts_with(text, STR("content/")))
		return text;
	return arena_printf(&((struct build *)build)->arena, "content/%.*s",
			    STR_ARG(text));
}

static void find_text(struct explained *out, struct build *build,
		      const char *wanted)
{
	str path = library_path(build, str_from_c(wanted));
	uint32_t number = catalog_find_path(&build->library.catalog, path);
	size_t file = snapshot_find(&build->library.snapshot, path);

	if (number != RESOURCE_NONE) {
		if (!find_resource_page(out, build, number))
			say_why(build, number);
		return;
	}
	out->file = file;
	if (file == STR_NONE)
		say_unknown(build, wanted,
			    nearest_resource(build, path, &build->arena));
	else
		diag_help(&build->diags,
			  no_page(build, path,
				  _("it has mistakes, and no earlier version "
				    "is without")),
			  _("mend what is said of it"));
}

/* --- an address ----------------------------------------------------------- */

/* Without scheme, query and fragment; without the folder of --out. */
static str strip_address(const struct build *build, str address)
{
	str out = str_from_c(build->options->out);

	if (str_starts_with(address, STR("https://")))
		address = str_from(address, STR("https://").len);
	else if (str_starts_with(address, STR("http://")))
		address = str_from(address, STR("http://").len);
	else if (str_starts_with(address, out) && address.len > out.len &&
		 address.data[out.len] == '/')
		address = str_from(address, out.len + 1);
	return str_between(address, 0, str_find_byte(address, '#'));
}

static size_t find_site(const struct build *build, str domain)
{
	const struct cluster *cluster = &build->library.cluster;

	for (size_t i = 0; i < cluster->count; i++)
		if (str_equal_ignoring_case(cluster->sites[i].domain, domain))
			return i;
	return STR_NONE;
}

/* The page, or that of the resource or address that an old address leads to. */
static bool find_on_site(struct explained *out, struct build *build, str path)
{
	const struct site_plan *plan = &build->library.plan.sites[out->site];
	str query = str_from(path, str_find_byte(path, '?') == STR_NONE
					   ? path.len
					   : str_find_byte(path, '?'));
	str key = url_path_key(str_between(path, 0, path.len - query.len),
			       &build->arena);
	const str parts[2] = { key, query };
	struct old_address old;

	out->page = site_plan_find_key(plan, key);
	if (out->page != NULL)
		return true;
	old = redirects_find(plan, arena_join(&build->arena, parts, 2));
	if (old.resource == RESOURCE_NONE && old.redirect != NULL)
		old.resource = old.redirect->shown;
	if (old.resource == RESOURCE_NONE ||
	    !find_resource_page(out, build, old.resource))
		return false;
	out->old = path;
	return true;
}

/* "/tzgg/" is of the first site that has it; the others are named. */
static bool find_on_any(struct explained *out, struct build *build, str path)
{
	struct buf others;
	size_t count = 0;

	buf_init(&others, &build->arena);
	for (size_t i = 0; i < build->library.plan.count; i++) {
		struct explained found = { .site = i, .file = STR_NONE };

		if (!find_on_site(&found, build, path))
			continue;
		if (count++ == 0)
			*out = found;
		else
			buf_printf(&others, " %.*s",
				   STR_ARG(build->library.cluster.sites[i]
						   .domain));
	}
	out->others = buf_str(&others);
	return count > 0;
}

static void say_none_has(struct build *build, const char *wanted, str path)
{
	str nearest = STR("");

	for (size_t i = 0; i < build->library.plan.count && nearest.len == 0;
	     i++)
		nearest = nearest_page(&build->library.plan.sites[i],
				       str_from(path, 1), &build->arena);
	say_unknown(build, wanted, nearest);
}

static void find_address(struct explained *out, struct build *build,
			 const char *wanted)
{
	str address = strip_address(build, str_from_c(wanted));
	size_t slash = str_find_byte(address, '/');
	str domain = str_between(address, 0, slash);
	str path = slash == STR_NONE ? STR("") : str_from(address, slash);
	str nearest;

	if (domain.len == 0) {
		if (!find_on_any(out, build, path))
			say_none_has(build, wanted, path);
		return;
	}
	out->site = find_site(build, domain);
	if (out->site == STR_NONE) {
		nearest = nearest_domain(build, domain, &build->arena);
		if (nearest.len > 0)
			nearest = arena_printf(&build->arena, "%.*s%.*s",
					       STR_ARG(nearest), STR_ARG(path));
		say_unknown(build, wanted, nearest);
	} else if (!find_on_site(out, build, path)) {
		path = path.len > 0 ? str_from(path, 1) : path;
		say_unknown(build, wanted,
			    nearest_page(&build->library.plan.sites[out->site],
					 path, &build->arena));
	}
}

void explain_find(struct explained *out, struct build *build,
		  const char *wanted)
{
	str text = str_from_c(wanted);
	uint32_t number = catalog_find_id(
		&build->library.catalog,
		str_starts_with(text, STR("id:")) ? str_from(text, 3) : text);

	*out = (struct explained){ .file = STR_NONE };
	if (str_ends_with(text, STR(".md")) &&
	    str_find(text, STR("://")) == STR_NONE)
		find_text(out, build, wanted);
	else if (number == RESOURCE_NONE)
		find_address(out, build, wanted);
	else if (!find_resource_page(out, build, number))
		say_why(build, number);
	if (out->page == NULL || out->page->resource == RESOURCE_NONE)
		return;
	out->file = catalog_file(&build->library.catalog, out->page->resource);
}
