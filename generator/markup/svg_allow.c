/*
 * CSS may hide a word behind escapes ("\75rl"), so a style with a backslash in
 * it is not read at all; comments cannot stand inside a word of CSS, so they
 * need no reading.
 */
#include "markup/svg_allow.h"

#include <string.h>

/* Each word has a space before and behind it. */
static const char elements[] =
	" svg g defs symbol use title desc path rect circle ellipse line "
	"polyline polygon text tspan textPath image linearGradient "
	"radialGradient stop pattern clipPath mask marker filter feBlend "
	"feColorMatrix feComponentTransfer feComposite feConvolveMatrix "
	"feDiffuseLighting feDisplacementMap feDistantLight feDropShadow "
	"feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge "
	"feMergeNode feMorphology feOffset fePointLight feSpecularLighting "
	"feSpotLight feTile feTurbulence switch style ";

static const char attributes[] =
	" id role lang transform viewBox preserveAspectRatio x y x1 y1 x2 y2 "
	"cx cy r rx ry fx fy fr dx dy d width height points pathLength rotate "
	"textLength lengthAdjust startOffset method spacing side offset "
	"gradientUnits gradientTransform spreadMethod patternUnits "
	"patternContentUnits patternTransform clipPathUnits maskUnits "
	"maskContentUnits mask-type markerUnits markerWidth markerHeight refX "
	"refY orient filterUnits primitiveUnits filterRes in in2 result type "
	"values tableValues slope intercept amplitude exponent mode operator "
	"k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode "
	"kernelUnitLength preserveAlpha surfaceScale diffuseConstant "
	"specularConstant specularExponent scale xChannelSelector "
	"yChannelSelector azimuth elevation stdDeviation radius baseFrequency "
	"numOctaves seed stitchTiles z pointsAtX pointsAtY pointsAtZ "
	"limitingConeAngle media systemLanguage requiredFeatures focusable "
	"alignment-baseline baseline-shift clip clip-path clip-rule color "
	"color-interpolation color-interpolation-filters color-profile "
	"color-rendering cursor direction display dominant-baseline "
	"enable-background fill fill-opacity fill-rule filter flood-color "
	"flood-opacity font font-family font-size font-size-adjust "
	"font-stretch font-style font-variant font-weight "
	"glyph-orientation-horizontal glyph-orientation-vertical "
	"image-rendering isolation kerning letter-spacing lighting-color "
	"marker marker-end marker-mid marker-start mask mix-blend-mode "
	"opacity overflow paint-order pointer-events shape-rendering "
	"stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset "
	"stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity "
	"stroke-width text-anchor text-decoration text-orientation "
	"text-rendering text-transform transform-origin unicode-bidi "
	"vector-effect visibility white-space word-spacing writing-mode "
	"zoomAndPan version baseProfile contentStyleType ";

bool svg_allows_element(str name)
{
	return str_is_word_of(name, elements);
}

bool svg_allows_attribute(str name)
{
	return str_is_word_of(name, attributes) ||
	       str_starts_with(name, STR("aria-"));
}

/* --- values --- */

static str without_blanks(str text)
{
	while (text.len > 0 && byte_is_space(text.data[0]))
		text = str_from(text, 1);
	return text;
}

static bool begins(str text, str word)
{
	return text.len >= word.len &&
	       str_equal_ignoring_case(str_between(text, 0, word.len), word);
}

static size_t find(str text, str word, size_t from)
{
	for (size_t i = from; i + word.len <= text.len; i++)
		if (begins(str_from(text, i), word))
			return i;
	return STR_NONE;
}

/* What stands behind "url(": #…, with or without quotes. */
static bool is_inside(str argument)
{
	argument = without_blanks(argument);
	if (argument.len > 0 &&
	    (argument.data[0] == '"' || argument.data[0] == '\''))
		argument = without_blanks(str_from(argument, 1));
	return argument.len > 0 && argument.data[0] == '#';
}

static bool has_only_inner_urls(str text)
{
	str url = STR("url(");
	size_t at = find(text, url, 0);

	for (; at != STR_NONE; at = find(text, url, at + url.len))
		if (!is_inside(str_from(text, at + url.len)))
			return false;
	return true;
}

/* Ways of CSS to name something outside without url(). */
static bool has_loader(str text)
{
	static const str loaders[] = {
		{ "image(", 6 },       { "image-set(", 10 }, { "src(", 4 },
		{ "cross-fade(", 11 }, { "element(", 8 },    { "attr(", 5 },
	};

	for (size_t i = 0; i < COUNT_OF(loaders); i++)
		if (find(text, loaders[i], 0) != STR_NONE)
			return true;
	return false;
}

bool svg_allows_value(str value)
{
	return str_find_byte(value, '(') == STR_NONE ||
	       (str_find_byte(value, '\\') == STR_NONE &&
		has_only_inner_urls(value) && !has_loader(value));
}

bool svg_allows_style(str style)
{
	static const str words[] = {
		{ "\\", 1 },	       { "@import", 7 },
		{ "@charset", 8 },     { "@namespace", 10 },
		{ "@font-face", 10 },  { "expression", 10 },
		{ "behavior", 8 },     { "-moz-binding", 12 },
		{ "javascript:", 11 }, { "<", 1 },
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (find(style, words[i], 0) != STR_NONE)
			return false;
	return has_only_inner_urls(style) && !has_loader(style);
}

/* --- links --- */

static bool is_base64(str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '+' && c != '/' &&
		    c != '=' && !byte_is_space(c))
			return false;
	}
	return true;
}

static bool is_raster(str address)
{
	static const str heads[] = {
		{ "data:image/png;base64,", 22 },
		{ "data:image/jpeg;base64,", 23 },
		{ "data:image/jpg;base64,", 22 },
		{ "data:image/gif;base64,", 22 },
		{ "data:image/webp;base64,", 23 },
		{ "data:image/avif;base64,", 23 },
	};

	for (size_t i = 0; i < COUNT_OF(heads); i++)
		if (begins(address, heads[i]))
			return is_base64(str_from(address, heads[i].len));
	return false;
}

bool svg_allows_link(str address, bool is_picture)
{
	address = without_blanks(address);
	return (address.len > 1 && address.data[0] == '#') ||
	       (is_picture && is_raster(address));
}
