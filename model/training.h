/* Training (培训): seats of a year, courses that take people away from their unit, a boost that fades. */
#ifndef ECH_TRAINING_H
#define ECH_TRAINING_H

#include "model/state.h"

/** Competence that the last course still adds, by dimension of merit, in standard deviations. */
struct ech_boost {
    double economic;
    double broad;
};

/** What his last course, ended in a given month, still adds to somebody's performance, by dimension. */
static inline struct ech_boost ech_training_left(const struct ech_run *run, int course,
                                                 int trained_month)
{
    if (course == ECH_N_COURSES) {
        return (struct ech_boost){0};
    }
    const struct ech_lesson *lesson = &run->lessons[course];
    int months = run->month - trained_month;
    double left = lesson->boost * run->training_fade[months < ECH_FADE ? months : ECH_FADE - 1];
    return (struct ech_boost){lesson->economic * left, lesson->broad * left};
}

/** The last course that somebody ended, enum ech_course; ECH_N_COURSES: none. */
static inline uint8_t ech_training_last(const struct ech_run *run, ech_id id)
{
    return run->training != NULL ? run->training[id].last : ECH_N_COURSES;
}

/** Boost of the last course: halved after each training.half_life. */
struct ech_boost ech_training_boosts(const struct ech_run *run, const struct ech_person *person);

/** Mean of both dimensions. */
double ech_training_boost(const struct ech_run *run, const struct ech_person *person);

/** Looks up what the policy in force says of courses and of fading. */
void ech_training_prepare(struct ech_run *run);

/** A row for somebody new: neither planned, nor away, nor ever trained. */
void ech_training_forget(struct ech_run *run, ech_id id);

/** Month 0: a share of the leaders has been trained within the cycle before it. */
void ech_training_start(struct ech_run *run);

/** Somebody has been promoted to a leading post: he is to be trained within months of it. */
void ech_training_plan_appointee(struct ech_run *run, ech_id id);

/** Somebody in training, who leaves the county, is absent no longer. */
void ech_training_leave(struct ech_run *run, ech_id id);

/** Somebody who may be in training is about to change units: absent there from now on. */
void ech_training_move(struct ech_run *run, const struct ech_person *person, ech_id to);

/** Whether somebody is away on a course. */
bool ech_is_in_training(const struct ech_run *run, const struct ech_person *person);

/** Step 6: courses end, the plan of the next year is made in the month of assessment, courses begin. */
void ech_training_step(struct ech_run *run);

#endif
