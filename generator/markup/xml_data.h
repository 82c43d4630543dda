/*
 * Data in XML (a map, a schema), where a platform publishes them: nothing in
 * them that a browser would draw or run.
 *
 * Always true: nothing is loaded, no entity is expanded. What names a style
 * sheet, belongs to HTML, SVG, MathML or XSLT, or declares entities is refused,
 * and so is an encoding that a browser may read in another way.
 */
#ifndef JIYUE_MARKUP_XML_DATA_H
#define JIYUE_MARKUP_XML_DATA_H

#include "markup/xml_reader.h"

enum xml_data { XML_DATA_FITS, XML_DATA_BROKEN, XML_DATA_ACTIVE };

/* `problem` says what is wrong, if anything is. */
enum xml_data xml_data_check(str bytes, struct xml_problem *problem,
			     struct arena *arena);

#endif
