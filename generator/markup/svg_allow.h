/*
 * What a drawing may have: the elements and attributes of SVG that draw, and
 * values that lead nowhere outside.
 */
#ifndef JIYUE_MARKUP_SVG_ALLOW_H
#define JIYUE_MARKUP_SVG_ALLOW_H

#include "base/str.h"

/* Is the element of SVG one that draws or describes? */
bool svg_allows_element(str name);

/* One without a namespace, but for "href", "style" and "class". */
bool svg_allows_attribute(str name);

/* May the attribute have this value: every url() in it is url(#…)? */
bool svg_allows_value(str value);

/* A style sheet, or declarations: nothing is loaded from anywhere. */
bool svg_allows_style(str style);

/* "#fragment"; for pictures a raster picture in data: as well. */
bool svg_allows_link(str address, bool is_picture);

#endif
