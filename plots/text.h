/* A text that grows: scripts, pages and sentences are written into one. A failed allocation is
   remembered and reported once, by ech_text_status, so that writing needs no check at each word. */
#ifndef ECH_TEXT_H
#define ECH_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/error.h"

/** Growing bytes; { 0 } is empty. Owns `bytes` [length], always terminated once written to. */
struct ech_text {
    char *bytes;
    size_t length;
    size_t capacity;
    bool failed; /* memory ran out; what is there is not the whole text */
};

/** Frees; the text is empty again. */
void ech_text_free(struct ech_text *text);

/** Appends n bytes. */
void ech_text_bytes(struct ech_text *text, const char *bytes, size_t n);
/** Appends a string; NULL adds nothing. */
void ech_text_add(struct ech_text *text, const char *string);
/** Appends as printf does; for whole numbers and strings (decimals: see number.h). */
void ech_text_print(struct ech_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** Appends `words` with {1}, {2}, ... replaced by the strings that follow; the list ends with NULL. */
void ech_text_fill(struct ech_text *text, const char *words, ...);

/** What was written, "" if nothing. Valid until the next write. */
const char *ech_text_string(const struct ech_text *text);
/** ECH_OK, or ECH_ERR_MEMORY with `what` if a write failed. */
enum ech_status ech_text_status(const struct ech_text *text, const char *what,
                                struct ech_error *error);

/** The words of one language. */
static inline const char *ech_pick(enum ech_lang lang, const char *en, const char *zh)
{
    return lang == ECH_LANG_ZH ? zh : en;
}

#endif
