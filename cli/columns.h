/* Text in columns: Chinese characters take two, so printf's widths do not do. */
#ifndef ECH_COLUMNS_H
#define ECH_COLUMNS_H

#include <stdio.h>

/** Columns of everything that the program prints for people. */
enum { ECH_COLUMNS = 80 };
enum ech_align { ECH_ALIGN_LEFT, ECH_ALIGN_RIGHT };

/** Columns that UTF-8 `text` takes on a terminal; combining marks take none. */
int ech_columns_width(const char *text);

/**
 * Prints `text` padded with blanks to `width` columns. What is wider is cut and ends in an ellipsis;
 * width 0 neither pads nor cuts.
 */
void ech_columns_put(FILE *out, const char *text, int width, enum ech_align align);

/**
 * Prints `text` from column `at` on (the cursor stands there), broken between words or Chinese
 * characters before column ECH_COLUMNS; further lines begin at column `indent`. Ends with a newline.
 */
void ech_columns_wrap(FILE *out, const char *text, int at, int indent);

#endif
