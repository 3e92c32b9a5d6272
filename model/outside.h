/* People who come from outside the county: leaders, recruits, transfers in. Their draws are addressed
   by the place on which they enter, so scenarios share them. */
#ifndef ECH_OUTSIDE_H
#define ECH_OUTSIDE_H

#include "model/state.h"

/** A pending leader from outside on a place of the post's unit; there must be a free place. */
ech_id ech_outside_recruit(struct ech_run *run, ech_id post);

/** A pending recruit on this free place of the unit, who reports in `arrive_month`. */
ech_id ech_exam_recruit(struct ech_run *run, ech_id unit, ech_id place, int arrive_month);

/** A pending selected graduate (选调生) likewise: a bachelor at least, first in a village. */
ech_id ech_selected_recruit(struct ech_run *run, ech_id unit, ech_id place, int arrive_month);

/** A pending transfer in on this free place of the unit. */
ech_id ech_transfer_recruit(struct ech_run *run, ech_id unit, ech_id place);

/** A pending recruit of a plan into a unit with free head count; his identity is `key`. */
ech_id ech_free_recruit(struct ech_run *run, ech_id unit, const struct ech_recruitment *plan,
                        ech_key key);

#endif
