#include "plots/html.h"

#include <stdarg.h>
#include <string.h>

enum { MAX_FILLS = 9 };

void ech_html_escape(struct ech_text *page, const char *words)
{
    static const char special[] = "&<>\"'";
    static const char *const escaped[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (; words && *words; words++) {
        const char *at = strchr(special, *words);
        unsigned char byte = (unsigned char)*words;
        if (at) {
            ech_text_add(page, escaped[at - special]);
        } else if (byte == '\n' || byte == '\t') {
            ech_text_add(page, " ");
        } else if (byte >= 32 && byte != 127) {
            ech_text_bytes(page, words, 1);
        }
    }
}

void ech_html_base64(struct ech_text *page, const struct ech_text *bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes->length; i += 3) {
        size_t n = bytes->length - i < 3 ? bytes->length - i : 3;
        unsigned group = 0;
        for (size_t b = 0; b < 3; b++) {
            group = group << 8 | (b < n ? (unsigned char)bytes->bytes[i + b] : 0u);
        }
        char four[4];
        for (unsigned d = 0; d < 4; d++) {
            four[d] = d <= n ? digits[group >> (18 - 6 * d) & 63] : '=';
        }
        ech_text_bytes(page, four, sizeof four);
    }
}

void ech_html_fill(struct ech_text *page, const char *markup, ...)
{
    const char *fills[MAX_FILLS] = {0};
    int n_fills = 0;
    va_list args;
    va_start(args, markup);
    for (const char *fill; n_fills < MAX_FILLS && (fill = va_arg(args, const char *)) != NULL;) {
        fills[n_fills++] = fill;
    }
    va_end(args);
    for (const char *at = markup; *at;) {
        if (at[0] == '{' && at[1] >= '1' && at[1] <= '9' && at[2] == '}') {
            ECH_ASSERT(at[1] - '0' <= n_fills);
            ech_html_escape(page, fills[at[1] - '1']);
            at += 3;
        } else {
            ech_text_bytes(page, at++, 1);
        }
    }
}
