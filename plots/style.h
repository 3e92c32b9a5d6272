/* Colours and sizes that all pictures share: a colour has one meaning in a whole report. */
#ifndef ECH_STYLE_H
#define ECH_STYLE_H

#include "plots/canvas.h"

#define ECH_INK 0x222222u
#define ECH_GREY 0x666666u
#define ECH_GRID 0xE6E6E6u
#define ECH_RULE 0x999999u
#define ECH_PAPER 0xFFFFFFu
#define ECH_BETTER_COLOUR 0x0072B2u
#define ECH_WORSE_COLOUR 0xD55E00u
#define ECH_UNCLEAR_COLOUR 0x8A8A8Au

/** Sizes of words in pixels of a page 720 wide; the smallest is 7 pt on A4. */
#define ECH_SIZE_HEADLINE 18.0
#define ECH_SIZE_SUBTITLE 12.5
#define ECH_SIZE_LABEL 12.0
#define ECH_SIZE_TICK 11.5
#define ECH_SIZE_SMALL 10.6

/** How a scenario is drawn: its line, its 50 % and 90 % bands. */
struct ech_look {
    unsigned line;
    unsigned inner;
    unsigned outer;
    double dash; /* 0: solid */
};

/** Look of the scenario of this rank; 0 is the baseline. Beyond six policies the lines are dashed. */
struct ech_look ech_look(int rank);

/** The colour mixed with white; share 1 is the colour itself. */
unsigned ech_tint(unsigned colour, double share);

/** Sequential map for 0 ... 1, light to dark blue. */
unsigned ech_heat(double share);

/** A thin vertical line from one value to another, with a rim of paper so that it shows on any bar. */
void ech_range_line(struct ech_canvas *canvas, double x, double top, double bottom);

/** Words of a label in this colour and alignment, of size ECH_SIZE_LABEL. */
struct ech_type ech_label(unsigned colour, enum ech_align align);
/** The same in bold. */
struct ech_type ech_bold(unsigned colour, enum ech_align align);
/** The same of size ECH_SIZE_SMALL. */
struct ech_type ech_small(unsigned colour, enum ech_align align);

#endif
