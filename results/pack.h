/* The counts of years, laid out so that what is mostly 0 takes no space. */
#ifndef ECH_PACK_H
#define ECH_PACK_H

#include "results/schema.h"

/**
 * Lays the parts of ECH_TABLE_YEAR out anew by what a whole run holds: slots that are often other
 * than 0 come first, then the rare ones, then those that are always 0 and so have no rows at all.
 * The order depends on the contents only. Writes it into order[2 * layout.n] (the slots, then their
 * places), to which `shape` points from then on. One transaction; failures stay in `sql`.
 */
void ech_pack_years(struct ech_sql *sql, struct ech_shape *shape, int *order);

#endif
