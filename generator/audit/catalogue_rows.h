/*
 * Every check of the catalogue (rules.md E), in its order, and what decides it:
 *
 *	ENTRY(id, state, messages, more, title)
 *
 *	id        of the catalogue
 *	state     DECIDED: by the messages with these ids; WITH_FILE: once the
 *	          file `more` has data; HELD: every page is made so;
 *	          REPORTED: counted by the report `more`; NOT_DECIDABLE: `more`
 *	          says why
 *	messages  ids with a space between them
 */
ENTRY("R-VETO-01", DECIDED, "wording-serious", NULL,
      N_("serious wording errors"))
ENTRY("R-VETO-02", DECIDED, "secrecy-mark disclosure-closed", NULL,
      N_("state secrets published"))
ENTRY("R-VETO-03", DECIDED, "wording-forbidden", NULL,
      N_("reactionary, violent or pornographic content, or a link to it"))
ENTRY("R-VETO-04", DECIDED,
      "release-changed release-lost release-damaged release-restored "
      "release-tampered",
      NULL, N_("published pages were tampered with (jiyue verify)"))
ENTRY("R-VETO-05", DECIDED, "date-early", NULL,
      N_("dates of publishing are forged"))
ENTRY("R-VETO-06", WITH_FILE, "criticism-open",
      "sites/<id>/records/criticism.yaml",
      N_("serious public criticism of bad management"))
ENTRY("R-VETO-07", WITH_FILE, "site-unreachable",
      "sites/<id>/records/probes.yaml", N_("the site cannot be reached"))
ENTRY("R-HOME-01", DECIDED, "home-stale", NULL,
      N_("the home page has nothing new"))
ENTRY("R-COL-01", DECIDED, "columns-stale-news", NULL,
      N_("stale columns of news, notices and policies"))
ENTRY("R-COL-02", DECIDED, "columns-stale", NULL,
      N_("columns that should be updated and are not"))
ENTRY("R-COL-03", DECIDED, "columns-bare", NULL, N_("empty columns"))
ENTRY("R-INT-01", DECIDED, "channel-missing", NULL,
      N_("no channel for questions and proposals"))
ENTRY("R-INT-02", DECIDED, "message-unanswered", NULL,
      N_("a message unanswered for three months"))
ENTRY("R-SVC-01", DECIDED, "services-missing", NULL, N_("no service items"))
ENTRY("R-SVC-02", HELD, "", NULL, N_("guides without most of their elements"))
ENTRY("R-SVC-03", HELD, "", NULL, N_("few items, and none of them is complete"))
ENTRY("R-SVC-00", DECIDED, "services-missing", NULL,
      N_("bodies without services skip R-SVC-01 to 03 (no_services)"))
ENTRY("R-COL-10", DECIDED, "news-stale", NULL,
      N_("a news column is missing or stale"))
ENTRY("R-COL-11", DECIDED, "policy-stale", NULL, N_("a policy column is stale"))
ENTRY("R-COL-12", DECIDED, "column-bare", NULL, N_("an empty column"))
ENTRY("R-COL-13", DECIDED, "column-stale", NULL,
      N_("a column is past its cycle"))
ENTRY("R-COL-14", DECIDED, "setting-missing", NULL,
      N_("a column without unit and posts"))
ENTRY("R-COL-15", DECIDED, "column-few", NULL, N_("a column with few texts"))
ENTRY("R-COL-16", DECIDED, "field-missing date-invalid", NULL,
      N_("a text without its time of publishing"))
ENTRY("R-COL-17", DECIDED, "column-stale-soon", NULL,
      N_("a column will soon be stale"))
ENTRY("R-COL-18", DECIDED, "column-name-long", NULL,
      N_("a column name is too long"))
ENTRY("R-COL-19", DECIDED, "topic-ended", NULL,
      N_("an ended topic is not archived"))
ENTRY("R-INFO-01", DECIDED, "figures-old", NULL,
      N_("figures of a profile are old"))
ENTRY("R-INFO-02", DECIDED, "field-missing", NULL,
      N_("an organ without duties, address or telephone"))
ENTRY("R-INFO-03", DECIDED, "field-missing", NULL,
      N_("a leader who has left is shown, or lacks fields"))
ENTRY("R-INFO-04", DECIDED, "review-overdue", NULL,
      N_("a text is past its day of review"))
ENTRY("R-POL-01", DECIDED, "field-missing", NULL, N_("a policy lacks fields"))
ENTRY("R-POL-02", DECIDED, "page-tag-differs", NULL,
      N_("a repealed policy is not marked"))
ENTRY("R-POL-03", DECIDED, "policy-unexplained", NULL,
      N_("an important policy without interpretation"))
ENTRY("R-POL-04", DECIDED, "interprets-unknown", NULL,
      N_("policy and interpretation are not linked"))
ENTRY("R-POL-05", DECIDED, "interpretation-late", NULL,
      N_("an interpretation is later than its policy"))
ENTRY("R-POL-06", DECIDED, "interpretation-stale", NULL,
      N_("the interpretation column is stale"))
ENTRY("R-POL-07", REPORTED, "", "jiyue report quarterly",
      N_("the share of policies with interpretation"))
ENTRY("R-POL-08", DECIDED, "doc-no-invalid", NULL,
      N_("a document number is malformed or stands twice"))
ENTRY("R-POL-09", DECIDED, "field-order", NULL,
      N_("dates of a policy contradict each other"))
ENTRY("R-POL-10", DECIDED, "disclosure-parts", NULL,
      N_("the four parts of 政府信息公开"))
ENTRY("R-POL-11", WITH_FILE, "reprint-missing", "sites/rules/reprints.yaml",
      N_("items of the State Council not reprinted within a day"))
ENTRY("R-SVC-10", HELD, "", NULL,
      N_("services are not shown together by class"))
ENTRY("R-SVC-11", DECIDED, "field-missing", NULL, N_("a guide lacks elements"))
ENTRY("R-SVC-12", DECIDED, "field-order", NULL, N_("a guide is not accurate"))
ENTRY("R-SVC-13", DECIDED, "link-dead", NULL, N_("a form or sample is missing"))
ENTRY("R-SVC-14", DECIDED, "services-stale", NULL,
      N_("statistics of services are old"))
ENTRY("R-SVC-15", DECIDED, "field-missing field-conflict", NULL,
      N_("it is not said whether an item is online, or where"))
ENTRY("R-SVC-16", DECIDED, "field-missing", NULL, N_("fees are not stated"))
ENTRY("R-SVC-17", DECIDED, "guide-vague", NULL,
      N_("vague words in conditions or materials"))
ENTRY("R-INT-10", DECIDED, "message-late message-waiting", NULL,
      N_("an open message is late"))
ENTRY("R-INT-11", DECIDED, "answer-late", NULL,
      N_("an answer was late or says nothing"))
ENTRY("R-INT-12", DECIDED, "answers-stale", NULL,
      N_("no answer was published for two months"))
ENTRY("R-INT-13", DECIDED, "field-missing field-conflict", NULL,
      N_("a published message lacks fields"))
ENTRY("R-INT-14", DECIDED, "message-statistics", NULL,
      N_("no statistics of messages"))
ENTRY("R-INT-15", DECIDED, "result-missing", NULL,
      N_("a consultation without result"))
ENTRY("R-INT-16", DECIDED, "consultation-mail-only", NULL,
      N_("the only channel is e-mail"))
ENTRY("R-INT-17", REPORTED, "", "jiyue report inspection",
      N_("consultations of the last year"))
ENTRY("R-INT-18", DECIDED, "answer-short", NULL,
      N_("an answer is short or a stock phrase"))
ENTRY("R-INT-19", DECIDED, "knowledge-small review-overdue", NULL,
      N_("the knowledge base is small or old"))
ENTRY("R-INT-20", DECIDED, "column-unexplained", NULL,
      N_("an interaction column without instructions"))
ENTRY("R-INT-21", DECIDED,
      "private-identity private-phone private-card private-address", NULL,
      N_("personal data in a message"))
ENTRY("R-INT-22", WITH_FILE, "correction-late",
      "sites/<id>/records/corrections.yaml", N_("answers of 我为政府网站找错"))
ENTRY("R-LINK-01", DECIDED,
      "page-link-dead page-link-anchor link-dead outside-gone outside-broken",
      NULL, N_("dead links of the home page"))
ENTRY("R-LINK-02", DECIDED,
      "page-link-dead page-link-anchor link-dead outside-gone outside-broken",
      NULL, N_("dead links of other pages"))
ENTRY("R-LINK-03", DECIDED,
      "link-dead link-gone link-unpublished page-link-dead", NULL,
      N_("links to what is not there"))
ENTRY("R-LINK-04", HELD, "", NULL, N_("an outside link without a notice"))
ENTRY("R-LINK-05", DECIDED, "host-address host-unapproved", NULL,
      N_("a link to a bare address or an unapproved host"))
ENTRY("R-LINK-06", DECIDED, "host-bad", NULL, N_("a link to a bad host"))
ENTRY("R-LINK-07", DECIDED, "link-unclear", NULL, N_("a link without meaning"))
ENTRY("R-LINK-08", DECIDED,
      "attachment-mismatch attachment-kind attachment-stand-in", NULL,
      N_("an attachment is not what it says"))
ENTRY("R-META-01", DECIDED, "page-tag-missing", NULL,
      N_("tags of the site are missing"))
ENTRY("R-META-02", DECIDED, "page-tag-missing", NULL,
      N_("tags of the column are missing"))
ENTRY("R-META-03", DECIDED, "page-tag-missing", NULL,
      N_("tags of the text are missing"))
ENTRY("R-META-04", DECIDED, "page-tag-missing", NULL, N_("the form of PubDate"))
ENTRY("R-META-05", DECIDED, "page-tag-differs", NULL,
      N_("a tag differs from what the page shows"))
ENTRY("R-META-06", DECIDED, "page-tag-missing", NULL,
      N_("a sample of pages has all tags"))
ENTRY("R-META-07", DECIDED, "site-identity-code", NULL,
      N_("the code of the site is malformed"))
ENTRY("R-FOOT-01", DECIDED,
      "footer-incomplete site-mark-missing setting-missing", NULL,
      N_("the footer lacks what it must have"))
ENTRY("R-FOOT-02", DECIDED, "column-sets", NULL,
      N_("the footer has no site map"))
ENTRY("R-FOOT-03", DECIDED, "jiucuo-missing", NULL, N_("the entry of 找错"))
ENTRY("R-FOOT-04", DECIDED, "record-form", NULL,
      N_("a record number is malformed"))
ENTRY("R-FOOT-05", DECIDED, "ipv6-unstated", NULL, N_("IPv6 is not stated"))
ENTRY("R-NAME-01", HELD, "", NULL,
      N_("the name of the site is not in its header"))
ENTRY("R-NAV-01", DECIDED, "column-sets", NULL,
      N_("the site map differs from the columns"))
ENTRY("R-NAV-02", DECIDED, "column-levels page-unlinked", NULL,
      N_("pages that are deep or cannot be reached"))
ENTRY("R-SRCH-01", HELD, "", NULL, N_("there is no search"))
ENTRY("R-SRCH-02", HELD, "", NULL, N_("a service is not found first"))
ENTRY("R-PAGE-01", DECIDED, "page-heavy", NULL, N_("the budget of a page"))
ENTRY("R-PAGE-02", DECIDED, "page-tag-missing", NULL,
      N_("pages do not fit a phone"))
ENTRY("R-PAGE-03", DECIDED, "theme-colours", NULL, N_("colours of the theme"))
ENTRY("R-PAGE-04", HELD, "", NULL, N_("windows that open by themselves"))
ENTRY("R-PAGE-05", DECIDED, "html-unclosed html-h1 id-duplicate", NULL,
      N_("HTML is not valid"))
ENTRY("R-COMPAT-01", NOT_DECIDABLE, "",
      N_("what a browser makes of a page is tested in the browser"),
      N_("browsers"))
ENTRY("R-DATE-01", DECIDED, "date-early", NULL,
      N_("a text is dated before it was in the library"))
ENTRY("R-DATE-02", DECIDED, "text-republished", NULL,
      N_("an old text is published again"))
ENTRY("R-DATE-03", DECIDED, "date-changed", NULL,
      N_("a date was changed without a note"))
ENTRY("R-DATE-04", DECIDED, "dates-equal", NULL,
      N_("many texts with one minute"))
ENTRY("R-SRC-01", DECIDED, "field-missing", NULL, N_("a text without source"))
ENTRY("R-SRC-02", DECIDED, "source-unlisted", NULL,
      N_("a text is taken from a source that is not listed"))
ENTRY("R-SRC-03", DECIDED, "field-conflict", NULL,
      N_("a reprint without its address"))
ENTRY("R-SRC-04", DECIDED, "image-rights", NULL,
      N_("an image without a note of rights"))
ENTRY("R-SRC-05", REPORTED, "", "jiyue report quarterly",
      N_("the share of original texts"))
ENTRY("R-LIB-01", HELD, "", NULL, N_("a page that is not of the library"))
ENTRY("R-LIB-02", DECIDED,
      "id-duplicate field-unknown field-missing choice-invalid", NULL,
      N_("a resource is not as its type says"))
ENTRY("R-LIB-03", DECIDED, "resource-no-owner", NULL,
      N_("a resource without site"))
ENTRY("R-LIB-04", DECIDED, "text-twice", NULL, N_("one text as two resources"))
ENTRY("R-LIB-05", DECIDED, "column-unknown", NULL,
      N_("a placement that is not there"))
ENTRY("R-LIB-06", HELD, "", NULL,
      N_("used elsewhere without its address and source"))
ENTRY("R-REV-01", DECIDED, "review-missing review-waiting", NULL,
      N_("a text without review"))
ENTRY("R-REV-02", DECIDED, "review-same", NULL,
      N_("reviewer and publisher are one"))
ENTRY("R-REV-03", DECIDED, "review-changed", NULL,
      N_("the text was changed after its review"))
ENTRY("R-REV-04", DECIDED, "review-order", NULL, N_("the order of reviews"))
ENTRY("R-REV-05", DECIDED, "review-secrecy", NULL, N_("no review of secrecy"))
ENTRY("R-REV-06", DECIDED, "review-shared", NULL,
      N_("one review for several texts"))
ENTRY("R-REV-07", DECIDED, "review-author", NULL,
      N_("the commit is not the publisher's"))
ENTRY("R-MAP-01", DECIDED, "map-unapproved", NULL,
      N_("a map without its approval number"))
ENTRY("R-MAP-02", DECIDED, "page-tag-differs", NULL,
      N_("the number is not beside the map"))
ENTRY("R-MAP-03", DECIDED, "map-number", NULL,
      N_("an approval number is malformed"))
ENTRY("R-IMG-01", DECIDED, "markdown-image-alt", NULL,
      N_("an image without description"))
ENTRY("R-IMG-02", DECIDED, "picture-heavy picture-position", NULL,
      N_("an image is too large"))
ENTRY("R-VID-01", DECIDED, "video-silent", NULL, N_("a video without text"))
ENTRY("R-PRIV-01", DECIDED, "private-identity", NULL, N_("an identity number"))
ENTRY("R-PRIV-02", DECIDED, "private-phone", NULL, N_("a mobile number"))
ENTRY("R-PRIV-03", DECIDED, "private-card", NULL, N_("a bank card number"))
ENTRY("R-PRIV-04", DECIDED, "private-address", NULL, N_("where a person lives"))
ENTRY("R-PRIV-05", DECIDED, "private-masking", NULL, N_("too little is hidden"))
ENTRY("R-PRIV-06", DECIDED, "private-document", NULL, N_("numbers of papers"))
ENTRY("R-PRIV-07", DECIDED, "private-mail", NULL, N_("a private mail address"))
ENTRY("R-PRIV-08", DECIDED, "private-column", NULL,
      N_("tables of numbers of persons"))
ENTRY("R-PRIV-09", DECIDED, "private-person", NULL,
      N_("persons to be protected are named"))
ENTRY("R-SEC-01", DECIDED, "secrecy-mark disclosure-closed", NULL,
      N_("marks of secrets"))
ENTRY("R-SEC-02", DECIDED, "secret-key secret-file", NULL,
      N_("keys and passwords"))
ENTRY("R-SEC-03", DECIDED, "theme-outside html-removed", NULL,
      N_("what is loaded from elsewhere"))
ENTRY("R-SEC-04", HELD, "", NULL, N_("parts of a page without https"))
ENTRY("R-SEC-05", DECIDED, "html-removed", NULL, N_("hidden links and text"))
ENTRY("R-SEC-06", DECIDED, "release-changed release-lost", NULL,
      N_("the manifest does not match"))
ENTRY("R-SEC-07", DECIDED, "advertising", NULL, N_("advertising"))
ENTRY("R-SEC-08", DECIDED, "security-unchecked", NULL,
      N_("the monthly security check"))
ENTRY("R-SEC-09", DECIDED, "html-removed", NULL,
      N_("raw HTML that does something"))
ENTRY("R-TXT-01", DECIDED, "wording-serious", NULL,
      N_("serious wording errors"))
ENTRY("R-TXT-02", DECIDED, "wording-misspelt", NULL, N_("misspelt words"))
ENTRY("R-TXT-03", WITH_FILE, "wording-forbidden", "sites/rules/words.yaml",
      N_("forbidden expressions"))
ENTRY("R-TXT-04", DECIDED, "punctuation-slip", NULL, N_("punctuation"))
ENTRY("R-TXT-05", DECIDED, "word-doubled character-form", NULL,
      N_("doubled words and broken characters"))
ENTRY("R-TXT-06", DECIDED, "character-form", NULL, N_("traditional characters"))
ENTRY("R-TXT-07", DECIDED, "date-impossible weekday-wrong", NULL,
      N_("dates that there are not"))
ENTRY("R-TXT-08", DECIDED, "figure-slip", NULL, N_("figures and units"))
ENTRY("R-TXT-09", DECIDED, "placeholder-text", NULL, N_("place holders"))
ENTRY("R-TXT-10", WITH_FILE, "name-outdated", "sites/rules/words.yaml",
      N_("names of bodies"))
ENTRY("R-TXT-11", DECIDED, "title-long", NULL, N_("a long title"))
ENTRY("R-DOM-01", DECIDED, "domain-form", NULL, N_("the form of a domain"))
ENTRY("R-DOM-02", HELD, "", NULL, N_("a site with several domains"))
ENTRY("R-DOM-03", HELD, "", NULL, N_("pages with another domain of the site"))
ENTRY("R-DOM-04", DECIDED, "move-unannounced", NULL,
      N_("a domain was changed without notice"))
ENTRY("R-DOM-05", WITH_FILE, "domain-kept", "sites/<id>/records/domains.yaml",
      N_("an old domain is still registered"))
ENTRY("R-DOM-06", DECIDED, "contact-unentered", NULL,
      N_("contact data not entered within 20 working days"))
ENTRY("R-DOM-07", HELD, "", NULL, N_("a column with a host of its own"))
ENTRY("R-DOM-08", DECIDED, "host-old", NULL, N_("links to an old domain"))
ENTRY("R-SITE-01", DECIDED, "site-offline", NULL,
      N_("a site is offline for too long, or too often"))
ENTRY("R-SITE-02", DECIDED, "field-conflict", NULL,
      N_("a notice of closing lacks what it must say"))
ENTRY("R-SITE-03", DECIDED, "page-tag-differs page-tag-missing", NULL,
      N_("an archived page without its label"))
ENTRY("R-SITE-04", DECIDED, "address-vanished", NULL,
      N_("an address that answers no more"))
ENTRY("R-SITE-05", DECIDED, "setting-missing", NULL,
      N_("the register of sites is incomplete"))
ENTRY("R-RPT-01", DECIDED, "report-annual report-uncollected", NULL,
      N_("the annual report of the site"))
ENTRY("R-RPT-02", DECIDED, "field-order", NULL, N_("sums of a report"))
ENTRY("R-RPT-03", DECIDED, "report-numbers", NULL,
      N_("the numbers of a report and of the library"))
ENTRY("R-RPT-04", DECIDED, "report-disclosure", NULL,
      N_("the report on 政府信息公开"))
ENTRY("R-RPT-05", DECIDED, "inspection-unreported", NULL,
      N_("the monthly report of inspection"))
ENTRY("R-EN-01", DECIDED, "translation-old", NULL,
      N_("a translation is older than its original"))
ENTRY("R-EN-02", DECIDED, "foreign-characters", NULL,
      N_("Chinese characters in a foreign page"))
ENTRY("R-A11Y-01", HELD, "", NULL, N_("large type"))
ENTRY("R-A11Y-02", HELD, "", NULL, N_("modes for elders"))
ENTRY("R-A11Y-03", HELD, "", NULL, N_("works without the browser's own means"))
ENTRY("R-A11Y-04", HELD, "", NULL, N_("reading aloud"))
ENTRY("R-A11Y-05", HELD, "", NULL, N_("the keyboard is enough"))
ENTRY("R-A11Y-06", HELD, "", NULL, N_("no windows by themselves"))
ENTRY("R-A11Y-07", HELD, "", NULL, N_("no buttons that induce"))
ENTRY("R-A11Y-08", DECIDED, "html-removed", NULL,
      N_("media by keyboard, no sound by itself"))
ENTRY("R-A11Y-09", DECIDED, "column-jargon", NULL,
      N_("column names without jargon"))
ENTRY("R-A11Y-10", HELD, "", NULL, N_("captchas"))
ENTRY("R-A11Y-11", DECIDED, "theme-contrast", NULL, N_("contrast"))
ENTRY("R-A11Y-12", HELD, "", NULL, N_("space between lines"))
ENTRY("R-A11Y-13", HELD, "", NULL, N_("size of targets"))
ENTRY("R-A11Y-14", HELD, "", NULL, N_("colour is not alone"))
ENTRY("R-A11Y-15", DECIDED, "markdown-image-alt", NULL,
      N_("images have descriptions"))
ENTRY("R-A11Y-16", DECIDED, "language-invalid page-tag-missing", NULL,
      N_("the language of a page"))
ENTRY("R-A11Y-17", DECIDED, "markdown-heading-jump markdown-h1 html-h1", NULL,
      N_("the order of headings"))
ENTRY("R-A11Y-18", DECIDED, "table-cells", NULL, N_("tables have heads"))
ENTRY("R-A11Y-19", DECIDED, "link-unclear", NULL, N_("links have meaning"))
ENTRY("R-A11Y-20", HELD, "", NULL, N_("200 per cent and 320 pixels"))
