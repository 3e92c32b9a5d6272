/* Text: what is valid UTF-8, where it is not, and where it came from instead. */
#ifndef ECH_ENCODING_H
#define ECH_ENCODING_H

#include <stdbool.h>

#include "input/arena.h"
#include "input/file.h"
#include "model/error.h"

/** A place in a text; line and column count from 1, columns in characters. */
struct ech_place {
    int line;
    int column;
};

/** Place of byte `offset` of a text. */
struct ech_place ech_place_of(const char *text, size_t offset);

/** Bytes of the UTF-8 character at text[0 ... length), or 0 if it is not valid there. */
size_t ech_utf8_length(const char *text, size_t length);

/** Offset of the first byte of a text that is not UTF-8 or a control character, or `length`. */
size_t ech_text_bad(const char *text, size_t length);

/** True for a text of 1 to 100 bytes on one line, without control characters. */
bool ech_text_is_line(const char *text);

/**
 * True if the bytes are strict UTF-8 without NUL and control characters (tab and line ends are
 * allowed), after a byte order mark if there is one; *skip is the length of the mark. Else records
 * ECH_ERR_ENCODING at the first bad byte, with advice when the file looks like another encoding.
 */
bool ech_encoding_check(const struct ech_file *file, size_t *skip, struct ech_arena *arena,
                        struct ech_error *error);

/**
 * As ech_encoding_check, but a file that is not UTF-8 and is valid GB18030 is converted: file->bytes
 * and length become the converted text, owned by the arena.
 */
bool ech_encoding_decode(struct ech_file *file, size_t *skip, struct ech_arena *arena,
                         struct ech_error *error);

#endif
