/* The matrix of lateral chains: where an opening is filled from, instead of the widening circles. */
#ifndef ECH_SOURCES_H
#define ECH_SOURCES_H

#include "model/state.h"

/**
 * Whether the matrix speaks of this opening. Then *type is the type of units that it is filled from,
 * ECH_NONE for outside the county: drawn once for an opening, for as long as it lasts.
 */
bool ech_source_of(const struct ech_run *run, ech_id post, ech_id *type);

/** Whether somebody may fill such an opening: a holder of the level in another unit of the type. */
bool ech_source_offers(const struct ech_run *run, ech_id post, ech_id type,
                       const struct ech_person *person);

#endif
