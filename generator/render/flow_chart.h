/*
 * The steps of a service as a chart from top to bottom: where each box and each
 * line of text in it stands. A template draws it as SVG; the same steps stand
 * as text beside it.
 */
#ifndef JIYUE_RENDER_FLOW_CHART_H
#define JIYUE_RENDER_FLOW_CHART_H

#include "render/view.h"

struct yaml_node;

/* An object of flow_shape; none when there is nothing to draw. */
struct value flow_chart(const struct render_job *job,
			const struct yaml_node *steps);

#endif
