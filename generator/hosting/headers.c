#include "hosting/headers.h"

#include "base/str.h"

const struct hosting_header hosting_headers[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "strict-origin-when-cross-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
};
const size_t hosting_header_count = COUNT_OF(hosting_headers);

/* Nothing runs in a page but the theme's own scripts. */
const char hosting_policy[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; "
	"img-src 'self' data: https:; media-src 'self' https:; font-src "
	"'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
	"frame-ancestors 'none'";

const char hosting_policy_drawing[] =
	"default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
	"frame-ancestors 'none'; sandbox";

const char hosting_saved[] =
	"docx?|xlsx?|pptx?|wps|et|dps|od[tsp]|rtf|ofd|epub|zip|rar|7z|tar|"
	"t?gz|bz2|xz|csv|tsv|kml|gml|gpx";

const char *const hosting_charset_types[] = {
	"application/json",
	"application/xml",
	"text/css",
	"text/javascript",
};
const size_t hosting_charset_type_count = COUNT_OF(hosting_charset_types);

const char hosting_texts[] = "html|xml|json|txt";

const char hosting_immutable[] = "^/assets/[^/]+\\.[0-9a-f]{8}\\.[a-z0-9]+$";
const char hosting_cache_immutable[] = "public, max-age=31536000, immutable";
const char hosting_cache_text[] = "public, max-age=60";
const char hosting_cache_other[] = "public, max-age=300";
