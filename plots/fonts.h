/* Fonts: one family for pictures in both languages, and a subset of it to carry inside a page. */
#ifndef ECH_FONTS_H
#define ECH_FONTS_H

#include "plots/text.h"

/** A font that fontconfig knows. */
struct ech_font {
    char family[96];
    char file[512];
    int face;     /* of the file */
    double scale; /* of its sizes, so that wide fonts fit where narrow ones do */
};

/**
 * The font of pictures: a font with Chinese if there is one, in English a sans-serif without. Chinese
 * words without a Chinese font would become black boxes: ECH_ERR_FONT with the package as hint.
 */
enum ech_status ech_font_find(enum ech_lang lang, struct ech_font *font, struct ech_error *error);

/**
 * Appends a font file with only the characters of `words` to `bytes`, made by hb-subset.
 * ECH_ERR_FONT if font or program is missing.
 */
enum ech_status ech_font_subset(const struct ech_text *words, struct ech_text *bytes,
                                struct ech_error *error);

#endif
