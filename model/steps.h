/* The remaining steps of the month, one file each; the table of the month in run.c orders them. */
#ifndef ECH_STEPS_H
#define ECH_STEPS_H

#include "model/state.h"

/** Step 1: dated policy changes take effect. */
void ech_policy_step(struct ech_run *run);
/** Puts the limits of the epoch in force on every unit; also used for month 0. */
void ech_policy_apply(struct ech_run *run);

/** Step 2: recruits whose month has come report, secondees return. Ages and tenures follow from the month. */
void ech_clock_step(struct ech_run *run);

/** Step 2: probations in the post end. */
void ech_probation_step(struct ech_run *run);

/** Step 4: leaders past the step-down age leave the post and keep place and level. */
void ech_stepdown_step(struct ech_run *run);

/** Step 5: once a year some are commended (表彰), which relieves strain. */
void ech_commendation_step(struct ech_run *run);

/** Step 7: leaders too long in one post exchange posts with others of their level. */
void ech_rotation_step(struct ech_run *run);
/** Step 7 once a year and every so many months: planned moves of many at once. */
void ech_rotation_plan_step(struct ech_run *run);
/** Step 7: conflicts between the two chiefs of a unit end in moving both. */
void ech_conflict_step(struct ech_run *run);

/** Step 7 in a month of change: terms end, before the openings are filled. */
void ech_terms_step(struct ech_run *run);
/** The same after filling, where term.timing says so. */
void ech_terms_after_step(struct ech_run *run);
/** Whether the terms of a post change in this month. */
bool ech_terms_change(const struct ech_run *run, ech_id post);
/** Counts a holder who is about to leave his post, if he has one whose terms change. */
void ech_terms_count_leaver(struct ech_run *run, const struct ech_person *person);

/** Step 7: openings above draw chiefs out of the county. */
void ech_above_step(struct ech_run *run);

/** Step 7: people of townships apply to departments. */
void ech_wishes_step(struct ech_run *run);

/** Step 9: the exam in its month, transfers in in theirs. */
void ech_hiring_step(struct ech_run *run);

/** Step 10: reserve lists are renewed every so many months, counted from month 0. */
void ech_reserve_step(struct ech_run *run);

/** Step 11: stocks are counted. */
void ech_record_step(struct ech_run *run);

/** Month 0: draws the initial people of the county (MODEL: Initial state). */
enum ech_status ech_initial_people(struct ech_run *run, struct ech_error *error);

#endif
