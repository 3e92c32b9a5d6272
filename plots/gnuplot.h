/* gnuplot 5.4 through a pipe: a script in, a picture out, complete or not at all. */
#ifndef ECH_GNUPLOT_H
#define ECH_GNUPLOT_H

#include "plots/fonts.h"
#include "plots/text.h"

/** Formats of pictures. */
enum ech_picture_format {
    ECH_PICTURE_SVG,
    ECH_PICTURE_PNG,
    ECH_PICTURE_PDF,
    ECH_N_PICTURE_FORMATS
};

/** "svg", "png", "pdf": endings of files and words of the command line. */
extern const char *const ech_picture_format_names[ECH_N_PICTURE_FORMATS];

/** A picture to draw; sizes in pixels of a page 720 wide. */
struct ech_picture {
    const char *name; /* for messages */
    enum ech_picture_format format;
    double width, height;
    const struct ech_font *font;
    const struct ech_text *script; /* everything but the terminal */
};

/**
 * Appends a single-quoted string: ' doubled, control characters left out. gnuplot 5.4 does not read a
 * doubled ' at the beginning or after another, so a typographic one stands there.
 */
void ech_gnuplot_quote(struct ech_text *script, const char *string);

/**
 * Appends the picture's bytes to `bytes`. A missing, failing, hanging gnuplot (it is killed after
 * 60 s) or an incomplete picture gives ECH_ERR_GNUPLOT.
 */
enum ech_status ech_gnuplot_draw(const struct ech_picture *picture, struct ech_text *bytes,
                                 struct ech_error *error);

/** True if the bytes begin and end as a picture of this format does. */
bool ech_gnuplot_is_complete(enum ech_picture_format format, const struct ech_text *bytes);

#endif
