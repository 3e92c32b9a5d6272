/* Which of two rules goes first where both cannot have their way. */
#ifndef ECH_PRECEDENCE_H
#define ECH_PRECEDENCE_H

#include "input/policy.h"

/** Remarks of two rows of a set, with their values, what goes first: `words` is ECH_BOTH. */
void ech_precedence_remark(struct ech_loading *loading, const struct ech_draft_set *set,
                           enum ech_param_id a, enum ech_param_id b, const char *words);

/** Remarks what goes first in a set whose rules can be asked for together, but not kept together. */
void ech_precedence_check(struct ech_loading *loading, const struct ech_draft_set *set);

#endif
