/* How wide words are, and cutting and breaking them: pictures place text by these widths. */
#ifndef ECH_GLYPHS_H
#define ECH_GLYPHS_H

#include <stdint.h>

#include "plots/text.h"

/** The next character of *at (moved on past it); a byte that is not UTF-8 counts as U+FFFD. 0 at the end. */
uint32_t ech_glyph_next(const char **at);

/** Width of a string in pixels at this font size: advances of a sans-serif font, ideographs 1 em. */
double ech_glyph_width(const char *string, double size);

/** Appends the string, cut with an ellipsis between characters if it is wider than `width`. */
void ech_glyph_cut(struct ech_text *out, const char *string, double size, double width);

/**
 * Breaks a string into lines no wider than `width`: at blanks and between ideographs, never before a
 * closing mark. Gives the number of lines, at most max_lines; the last is cut if text is left over.
 * The caller frees lines[0 ... n - 1].
 */
int ech_glyph_wrap(const char *string, double size, double width, struct ech_text *lines,
                   int max_lines);

/** The same with lines of about equal length: no more of them, and no last one of two letters. */
int ech_glyph_wrap_even(const char *string, double size, double width, struct ech_text *lines,
                        int max_lines);

#endif
