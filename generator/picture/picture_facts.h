/*
 * What a camera and a program for pictures write into them is not for everyone:
 * where and when the picture was taken, with which device, by whom, a small
 * picture of what was cut away. It is taken out of what is published: from a
 * JPEG all but its colours (ICC profile, Adobe's transform) and which side is
 * up, with what stands behind its end; from PNG and WebP their Exif, XMP and
 * texts. The picture itself keeps every byte.
 *
 * A picture that is damaged is cleaned up to there; the rest stays as it is.
 */
#ifndef JIYUE_PICTURE_PICTURE_FACTS_H
#define JIYUE_PICTURE_PICTURE_FACTS_H

#include "base/arena.h"
#include "base/str.h"

/*
 * The picture without them: `bytes` itself where it has none, or is of another
 * format. `has_position` (or NULL): it says where it was taken.
 */
str picture_without_facts(str bytes, bool *has_position, struct arena *arena);

#endif
