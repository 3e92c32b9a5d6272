/* The integer margins of a block of initial people, and limits on a county's: can they be met? */
#ifndef ECH_MARGINS_H
#define ECH_MARGINS_H

#include "input/loading.h"

/** A block's merged entry. */
struct ech_margins {
    struct ech_loading *loading;
    struct ech_node *entry;
};

/**
 * Reads a span {from: a, to: b} of months under `key`; ECH_NONE for both when it is absent. Records
 * ECH_ERR_MARGIN when it runs backwards, ECH_ERR_MISSING when an end is missing.
 */
void ech_margins_span(struct ech_margins *margins, const char *key, int *from, int *to);

/**
 * Fills the bands (with `rest` resolved), education and full-time degrees of a block whose count
 * is known, and records every margin that cannot be met. With `sure` false the count may be wrong
 * because of earlier errors, and margins are not compared with it.
 */
void ech_margins_fill(struct ech_margins *margins, struct ech_block *block, bool sure);

/** Reads the limits of a county; with `sure` records those that its blocks break by their bands. */
void ech_margins_limits(struct ech_loading *loading, ech_id county, bool sure);

#endif
