/* gnuplot's SVG made fit to stand alone or inside a page: no ids that could clash, no tooltips with
   names of data blocks, a list of fonts in one place, headline and subtitle as title and description. */
#ifndef ECH_SVG_H
#define ECH_SVG_H

#include "plots/text.h"

/** What to put in. With `within` the SVG takes its font from the page and has no XML declaration. */
struct ech_svg {
    const char *title;
    const char *description;
    const char *font; /* first family of the list */
    bool within;
};

/** Appends the cleaned SVG. */
void ech_svg_clean(const struct ech_text *raw, const struct ech_svg *svg, struct ech_text *clean);

#endif
