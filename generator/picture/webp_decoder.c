/*
 * libwebp makes a picture smaller itself. What has no losses is kept whole
 * while it is read (SMALL_SOURCE_WHOLE).
 */
#include <webp/decode.h>
#include <webp/mux.h>

#include "picture/decoders.h"

static void take_colours(struct decoding *decoding)
{
	WebPData data = { (const uint8_t *)decoding->bytes.data,
			  decoding->bytes.len };
	WebPMux *mux = WebPMuxCreate(&data, 0);
	WebPData profile;

	if (mux == NULL)
		return;
	if (WebPMuxGetChunk(mux, "ICCP", &profile) == WEBP_MUX_OK)
		decoding->colours = arena_copy(
			decoding->arena,
			(str){ (const char *)profile.bytes, profile.size });
	WebPMuxDelete(mux);
}

void decode_webp(struct decoding *decoding)
{
	const uint8_t *bytes = (const uint8_t *)decoding->bytes.data;
	struct shrink *shrink = &decoding->shrink;
	WebPDecoderConfig config;
	size_t row;

	if (!WebPInitDecoderConfig(&config) ||
	    WebPGetFeatures(bytes, decoding->bytes.len, &config.input) !=
		    VP8_STATUS_OK ||
	    config.input.has_animation)
		return;
	shrink_begin(shrink, decoding->width, decoding->height, decoding->width,
		     decoding->height, config.input.has_alpha ? 4 : 3,
		     decoding->arena);
	row = (size_t)decoding->width * shrink->channels;
	config.options.use_scaling = 1;
	config.options.scaled_width = (int)decoding->width;
	config.options.scaled_height = (int)decoding->height;
	config.output.colorspace = shrink->channels == 4 ? MODE_RGBA : MODE_RGB;
	config.output.is_external_memory = 1;
	config.output.u.RGBA = (WebPRGBABuffer){ shrink->pixels, (int)row,
						 row * decoding->height };
	decoding->is_whole = WebPDecode(bytes, decoding->bytes.len, &config) ==
			     VP8_STATUS_OK;
	take_colours(decoding);
	WebPFreeDecBuffer(&config.output);
}
