/* What two settings of a set do to each other: which goes first, which stops everything, which changes
   nothing. */
#ifndef ECH_PRECEDENCE_H
#define ECH_PRECEDENCE_H

#include "input/policy.h"

/** Remarks of two rows of a set, with their values, what goes first: `words` is ECH_BOTH. */
void ech_precedence_remark(struct ech_loading *loading, const struct ech_draft_set *set,
                           enum ech_param_id a, enum ech_param_id b, const char *words);

/** Records that two rows of a set cannot hold together; `hint`, ECH_BOTH, says why. */
void ech_contradict(struct ech_loading *loading, const struct ech_draft_set *set,
                    enum ech_param_id a, enum ech_param_id b, const char *hint);

/** Refuses or remarks what stops promotions in a set. */
void ech_standstill_check(struct ech_loading *loading, const struct ech_draft_set *set);

/** Notes which settings of a set act, for ech_idle_remark; for each set of everybody and every month. */
void ech_idle_note(struct ech_loading *loading, const struct ech_draft_set *set);

/** Remarks the settings that acted in no set. */
void ech_idle_remark(struct ech_loading *loading);

/** Remarks what goes first where terms bind the holders of some posts under a set. */
void ech_precedence_check_terms(struct ech_loading *loading, const struct ech_draft_set *set);

/** Remarks what goes first in a set whose rules can be asked for together, but not kept together. */
void ech_precedence_check(struct ech_loading *loading, const struct ech_draft_set *set);

#endif
