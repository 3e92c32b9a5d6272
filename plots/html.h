/* Words and bytes for HTML and XML. */
#ifndef ECH_HTML_H
#define ECH_HTML_H

#include "plots/text.h"

/** Appends text with & < > " ' escaped and control characters left out. */
void ech_html_escape(struct ech_text *page, const char *words);

/** Appends bytes as base64. */
void ech_html_base64(struct ech_text *page, const struct ech_text *bytes);

/** Appends `markup` with {1}, {2}, ... replaced by the escaped strings that follow, ended by NULL. */
void ech_html_fill(struct ech_text *page, const char *markup, ...);

#endif
