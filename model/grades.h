/* Grades (职级): a second ladder beside the posts, for people of the administrative track. Where
   grade.rule is off nobody has one. */
#ifndef ECH_GRADES_H
#define ECH_GRADES_H

#include "model/state.h"

/**
 * Gives somebody of the administrative track who has no grade the one in which his education lets him
 * begin, or what his service and his level have brought him since. The event is the caller's.
 */
void ech_grade_begin(const struct ech_run *run, struct ech_person *person);

/** A new grade, whose clock begins: event `grade` with this cause. */
void ech_grade_set(struct ech_run *run, ech_id id, enum ech_grade grade, const char *cause);

/** One grade down, of the lowest nobody falls: event `grade` with this cause. */
void ech_grade_lower(struct ech_run *run, ech_id id, const char *cause);

/** Raises somebody to the lowest grade of his level, if he stands below it: cause `level`. */
void ech_grade_fit(struct ech_run *run, ech_id id);

/** ech_grade_begin for somebody on the books, with an event of this cause. */
void ech_grade_introduce(struct ech_run *run, ech_id id, const char *cause);

/** Gives grades to whoever serves without one, where the policy has brought them in: `introduced`. */
void ech_grades_apply(struct ech_run *run);

/** Step 6, in the month of assessment: people rise by years or by results, as far as the caps let them. */
void ech_grades_step(struct ech_run *run);

#endif
