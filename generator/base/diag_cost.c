#include "base/diag_cost.h"

#include "base/diag_kind.h"

/* What it costs that a file does not count as it is: the first row that fits.
 */
static const struct {
	const char *folder;
	const char *inside; /* behind the name of a site */
	const char *ending;
	const char *kinds; /* how their ids begin */
	const char *text;
} places[] = {
	{ "content/", "", "/_defaults.yaml", "",
	  N_("costs the resources below it") },
	{ "content/", "", ".md", "", N_("costs this resource") },
	{ "content/", "", ".MD", "", N_("costs this resource") },
	{ "content/", "", "", "", N_("costs this file") },
	{ "sites/types/", "", "", "", N_("costs this type") },
	{ "sites/vocabulary/", "", "", "", N_("costs words of the search") },
	{ "sites/holidays/", "", "", "",
	  N_("costs the working days of a year") },
	{ "sites/rules/", "", "", "", N_("costs what it says of rules") },
	{ "sites/", "", "/roles.yaml", "",
	  N_("costs the roles that it gives") },
	{ "sites/platform.yaml", "", "", "", N_("costs all sites") },
	{ "sites/", "", "/redirects.csv", "alias-",
	  N_("costs the old address") },
	{ "sites/", "", "/redirects.csv", "url-", N_("costs the old address") },
	{ "sites/", "", "/redirects.csv", "",
	  N_("costs the old addresses of this file") },
	{ "sites/", "/statistics/", ".json", "",
	  N_("costs the hot list of this site") },
	{ "sites/", "/statistics/", "", "setting-",
	  N_("costs this value of the report") },
	{ "sites/", "/statistics/", "", "",
	  N_("costs what it says of the report") },
	{ "sites/", "/theme/", "", "", N_("costs the looks of this site") },
	{ "sites/", "", "", "theme-none", N_("costs the looks of this site") },
	{ "sites/", "", "", "", N_("costs this site") },
	{ "themes/", "", " (built in)", "",
	  N_("costs the pages that need it") },
	{ "themes/", "", "", "", N_("costs the looks of the sites with it") },
};

static bool is_inside(str path, const char *folder)
{
	size_t slash = str_find_byte(path, '/');
	str rest = str_from(path, slash == STR_NONE ? path.len : slash + 1);

	slash = str_find_byte(rest, '/');
	return *folder == '\0' ||
	       (slash != STR_NONE &&
		str_starts_with(str_from(rest, slash), str_from_c(folder)));
}

/* NULL where it is no file of a library. */
static const char *of_place(const struct diag *diag, str path)
{
	str id = str_from_c(diag->id);

	for (size_t i = 0; i < COUNT_OF(places); i++)
		if (str_starts_with(path, str_from_c(places[i].folder)) &&
		    is_inside(path, places[i].inside) &&
		    str_ends_with(path, str_from_c(places[i].ending)) &&
		    str_starts_with(id, str_from_c(places[i].kinds)))
			return _(places[i].text);
	return NULL;
}

static enum diag_cost cost_of(const struct diag *diag,
			      const struct diag_kind *kind)
{
	if (diag->level == DIAG_FAILURE)
		return DIAG_COSTS_BUILD;
	if (kind->cost <= DIAG_COSTS_LINK)
		return kind->cost;
	if (diag_is_lowered(diag) && (kind->flags & DIAG_GOES_ON) != 0)
		return DIAG_COSTS_NOTHING;
	return kind->cost;
}

static const char *const texts[] = {
	[DIAG_COSTS_NOTHING] = N_("costs nothing"),
	[DIAG_COSTS_PLACE] = N_("costs this place"),
	[DIAG_COSTS_LINK] = N_("costs this link"),
	[DIAG_COSTS_ADDRESS] = N_("costs the old address"),
	[DIAG_COSTS_ATTACHMENT] = N_("costs this file"),
	[DIAG_COSTS_RESOURCE] = N_("costs this resource"),
	[DIAG_COSTS_SITE] = N_("costs this site"),
	[DIAG_COSTS_BUILD] = N_("costs this run"),
};

/* What is wrong and costs nothing is what readers see. */
static bool is_seen(const struct diag *diag, str path)
{
	return diag->level == DIAG_ERROR && path.len > 0 &&
	       !str_starts_with(path, STR("sites/")) &&
	       !str_starts_with(path, STR("themes/"));
}

const char *diag_cost_text(const struct diag *diag, str path)
{
	const struct diag_kind *kind = diag_kind_find(diag->id);
	const char *place = of_place(diag, path);
	enum diag_cost cost;

	if (kind == NULL)
		return NULL;
	if (diag->cost != NULL)
		return diag->cost;
	cost = cost_of(diag, kind);
	if (cost == DIAG_COSTS_NOTHING && is_seen(diag, path))
		return _("published as it stands");
	/* of a page that was made, say: what costs nothing does so anywhere */
	if (path.len > 0 && place == NULL && cost != DIAG_COSTS_BUILD &&
	    cost != DIAG_COSTS_NOTHING)
		return NULL;
	if (place == NULL)
		return _(texts[cost]);
	if (cost == DIAG_COSTS_RESOURCE ||
	    (cost == DIAG_COSTS_SITE &&
	     !str_starts_with(path, STR("content/"))))
		return place;
	return _(texts[cost]);
}
