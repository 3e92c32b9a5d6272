/* The wide tables of a complete file, each count in as few bits as its range needs. */
#ifndef ECH_PACK_H
#define ECH_PACK_H

#include "results/schema.h"

/**
 * Lays all wide tables out anew by what a whole run holds. A column stays a column of the same name
 * and values, but is computed from stored columns packed_1, packed_2 ... of up to 63 bits in which
 * several stand side by side; what is the same throughout, the same as another column or the sum of
 * others takes no space. The layout depends on the contents only. Failures stay in `sql`.
 */
void ech_pack(struct ech_sql *sql, const struct ech_shape *shape);

#endif
