/*
 * With losses, at a quality at which nobody sees them in print or on a phone;
 * what can be seen through keeps its edges. One thread: the pages have theirs.
 */
#include <webp/encode.h>
#include <webp/mux.h>

#include "picture/decoders.h"

enum { QUALITY = 80, METHOD = 4 };

static bool write_picture(WebPMemoryWriter *writer, const uint8_t *pixels,
			  uint32_t width, uint32_t height, uint32_t channels)
{
	int row = (int)(width * channels);
	WebPConfig config;
	WebPPicture picture;
	bool ok;

	if (!WebPConfigInit(&config) || !WebPPictureInit(&picture))
		return false;
	config.quality = QUALITY;
	config.method = METHOD;
	picture.width = (int)width;
	picture.height = (int)height;
	picture.writer = WebPMemoryWrite;
	picture.custom_ptr = writer;
	ok = (channels == 4 ? WebPPictureImportRGBA(&picture, pixels, row)
			    : WebPPictureImportRGB(&picture, pixels, row)) &&
	     WebPEncode(&config, &picture);
	WebPPictureFree(&picture);
	return ok;
}

static str with_colours(str picture, str colours, struct arena *arena)
{
	WebPData data = { (const uint8_t *)picture.data, picture.len };
	WebPData profile = { (const uint8_t *)colours.data, colours.len };
	WebPMux *mux = WebPMuxCreate(&data, 0);
	WebPData whole;

	if (mux == NULL)
		return picture;
	if (WebPMuxSetChunk(mux, "ICCP", &profile, 0) == WEBP_MUX_OK &&
	    WebPMuxAssemble(mux, &whole) == WEBP_MUX_OK) {
		picture = arena_copy(
			arena, (str){ (const char *)whole.bytes, whole.size });
		WebPDataClear(&whole);
	}
	WebPMuxDelete(mux);
	return picture;
}

bool encode_webp(str *out, const uint8_t *pixels, uint32_t width,
		 uint32_t height, uint32_t channels, str colours,
		 struct arena *arena)
{
	WebPMemoryWriter writer;
	bool ok;

	WebPMemoryWriterInit(&writer);
	ok = write_picture(&writer, pixels, width, height, channels);
	if (ok)
		*out = arena_copy(
			arena, (str){ (const char *)writer.mem, writer.size });
	WebPMemoryWriterClear(&writer);
	if (ok && colours.len > 0)
		*out = with_colours(*out, colours, arena);
	return ok;
}
