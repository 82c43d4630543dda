/* One request, once it is known what it is about; the lock is held. */
#ifndef JIYUE_PREVIEW_REQUEST_H
#define JIYUE_PREVIEW_REQUEST_H

#include "preview/panel.h"
#include "preview/show.h"
#include "system/folder.h"

struct request {
	struct preview *preview;
	struct MHD_Connection *connection;
	struct arena *arena;
	str host; /* without its port */
	str port; /* with its colon; may be empty */
	str name; /* of links to sites: "localhost:8080"; empty:
		     sites are told by ?site= */
	const struct preview_site *site; /* NULL: none */
	const struct preview_build *shown;
	struct folder folder;
};

/* A file of the site in what is shown, or what stands there instead. */
enum MHD_Result request_send_file(struct request *request, str address);

/* A sentence with what the build said, so that a mistake can be found. */
enum MHD_Result request_send_bare(const struct request *request,
				  unsigned status, const char *text,
				  bool is_to_come);

enum MHD_Result request_send_away(const struct request *request, str location,
				  const char *cookie);

void request_fill_panel(struct panel *out, const struct request *request,
			str path);

#endif
