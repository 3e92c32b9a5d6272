/* Wish moves: who may apply this month, which is sooner known than who does. */
#ifndef ECH_WISHES_H
#define ECH_WISHES_H

#include "model/state.h"

/** No word above it is an application of somebody, as long as `factor`, his bound of leaving, holds. */
uint64_t ech_wishes_bound(const struct ech_run *run, const struct ech_person *person,
                          double factor);

#endif
