/* Parameters: one row of params.def makes the field, the default, the range and the reference. */
#ifndef ECH_PARAMS_H
#define ECH_PARAMS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/types.h"

/** Default of a LIMIT, CAP, MOST or DATE row that is switched off. */
#define ECH_OFF (-1.0)

enum ech_param_type {
    ECH_PARAM_MONTHS,
    ECH_PARAM_LIMIT,
    ECH_PARAM_COUNT,
    ECH_PARAM_CAP,
    ECH_PARAM_MOST,
    ECH_PARAM_SHARE,
    ECH_PARAM_NUMBER,
    ECH_PARAM_FLAG,
    ECH_PARAM_CALENDAR,
    ECH_PARAM_DATE,
    ECH_PARAM_RATE,
    ECH_PARAM_CHOICE
};
enum ech_basis { ECH_BASIS_RULE, ECH_BASIS_DATA, ECH_BASIS_ASSUMED, ECH_BASIS_FITTED };
enum ech_scope {
    ECH_SCOPE_COUNTY,
    ECH_SCOPE_PEOPLE,
    ECH_SCOPE_UNIT,
    ECH_SCOPE_POST,
    ECH_SCOPE_HOLDER,
    ECH_N_SCOPES
};

enum ech_retirement_rule { ECH_RETIRE_LAW, ECH_RETIRE_OLD, ECH_RETIRE_NONE };
enum ech_unmatched { ECH_UNMATCHED_SWAP, ECH_UNMATCHED_OUTSIDE, ECH_UNMATCHED_WAIT };
enum ech_selection {
    ECH_SELECT_SCORE,
    ECH_SELECT_SENIORITY,
    ECH_SELECT_LOTTERY,
    ECH_SELECT_VOTES,
    ECH_SELECT_EXAM,
    ECH_SELECT_MIX
};
/** What a score looks at: merit, or one side of it alone. */
enum ech_side { ECH_SIDE_BOTH, ECH_SIDE_ECONOMIC, ECH_SIDE_BROAD };
enum ech_nobody { ECH_NOBODY_WAIT, ECH_NOBODY_RELAX, ECH_NOBODY_OUTSIDE };
enum ech_procedure { ECH_PROCEDURE_CONSTANT, ECH_PROCEDURE_UNIFORM, ECH_PROCEDURE_GEOMETRIC };
/** Circles searched for a candidate, from the narrowest to the widest. */
enum ech_circle { ECH_CIRCLE_UNIT, ECH_CIRCLE_TYPE, ECH_CIRCLE_COUNTY, ECH_CIRCLE_OUTSIDE };
enum ech_arcs { ECH_ARCS_ANY, ECH_ARCS_SAME_TYPE, ECH_ARCS_OUT };
enum ech_term_limited { ECH_LIMITED_LEAVE, ECH_LIMITED_MOVE };
enum ech_term_timing { ECH_TERM_BEFORE, ECH_TERM_AFTER };
enum ech_reserve_supply { ECH_SUPPLY_RULE, ECH_SUPPLY_UNLIMITED };
enum ech_reserve_use { ECH_RESERVE_IGNORED, ECH_RESERVE_PREFERRED, ECH_RESERVE_REQUIRED };
enum ech_training_priority { ECH_TRAIN_CHIEFS, ECH_TRAIN_LEADERS, ECH_TRAIN_ALL };
enum ech_grade_rule { ECH_GRADES_OFF, ECH_GRADES_YEARS, ECH_GRADES_RESULTS };

enum { ECH_MAX_BANDS = 24 };
enum ech_band_by { ECH_BY_NOTHING, ECH_BY_SERVICE, ECH_BY_AGE, ECH_BY_LOGIT };
/** Terms of a logit; age and service count in years, the others are 0 or 1 but for remoteness 0-1. */
enum ech_logit_term {
    ECH_LOGIT_INTERCEPT,
    ECH_LOGIT_AGE,
    ECH_LOGIT_SERVICE,
    ECH_LOGIT_FEMALE,
    ECH_LOGIT_OUTSIDER,
    ECH_LOGIT_NON_PARTY,
    ECH_LOGIT_BACHELOR,
    ECH_LOGIT_REMOTE,
    ECH_N_LOGIT_TERMS
};
/** The word of each term, as scenario files spell it. */
extern const char *const ech_logit_names[ECH_N_LOGIT_TERMS];

/**
 * A rate of leaving: constant, or a step function of service or age. Band b holds from from_month[b]
 * (inclusive, completed months) to the next band; before the first band the rate is 0. A value is a
 * hazard in 1/year, or, where is_probability is set, an exact probability of one month. By ECH_BY_LOGIT
 * value[term] is the coefficient of each term of the logit of an exact monthly probability.
 */
struct ech_rate {
    enum ech_band_by by;
    int n_bands; /* at least 1; by ECH_BY_NOTHING: exactly 1 with from_month 0 */
    int from_month[ECH_MAX_BANDS];
    double value[ECH_MAX_BANDS];
    bool is_probability[ECH_MAX_BANDS];
    bool frozen; /* a logit of the age and service at month 0, or at entry if that is later */
};

/** What rates may depend on, of one person. */
struct ech_rate_facts {
    int service, age;               /* completed months */
    int service_then, age_then;     /* at month 0 or entry */
    double term[ECH_N_LOGIT_TERMS]; /* of ECH_LOGIT_FEMALE and what follows it */
};

#define ECH_FIELD_MONTHS int
#define ECH_FIELD_LIMIT int /* months; off is ECH_NEVER */
#define ECH_FIELD_COUNT int
#define ECH_FIELD_CAP double  /* off is INFINITY */
#define ECH_FIELD_MOST double /* whole; off is INFINITY */
#define ECH_FIELD_SHARE double
#define ECH_FIELD_NUMBER double
#define ECH_FIELD_FLAG bool
#define ECH_FIELD_CALENDAR int
#define ECH_FIELD_DATE int /* year * 12 + month - 1; off is ECH_NEVER */
#define ECH_FIELD_RATE struct ech_rate
#define ECH_FIELD_CHOICE int

/** One full set of values. MONTHS and LIMIT fields are in months whatever the row's unit. */
struct ech_params {
#define PARAM(group, name, TYPE, unit, def, min, max, BASIS, SCOPE, en, zh, source)                \
    ECH_FIELD_##TYPE group##_##name;
#include "model/params.def"
#undef PARAM
};

/** One row of the table, as `echelon params` prints it. */
struct ech_param_row {
    const char *group; /* "exit_resign" */
    const char *name;  /* "rate" */
    enum ech_param_type type;
    const char *unit;
    double def; /* in the row's unit; ECH_OFF: off; RATE: a hazard in 1/year; CHOICE: a position */
    double min;
    double max;
    enum ech_basis basis;
    enum ech_scope scope;
    const char *label[2]; /* by enum ech_lang */
    const char *source;
    size_t offset; /* of the field in struct ech_params */
};

enum ech_param_id {
#define PARAM(group, name, TYPE, unit, def, min, max, BASIS, SCOPE, en, zh, source)                \
    ECH_PARAM_ID_##group##_##name,
#include "model/params.def"
#undef PARAM
    ECH_N_PARAMS
};

/** The rows [ECH_N_PARAMS] in table order. */
extern const struct ech_param_row ech_param_rows[ECH_N_PARAMS];

/** Words of a basis and a scope: "rule", "data", ...; "county", "people", "unit", "post", "holder". */
extern const char *const ech_basis_names[4];
extern const char *const ech_scope_names[ECH_N_SCOPES];

/** Writes the dotted path ("exit.resign.rate") of a row into path[size]. */
void ech_param_path(const struct ech_param_row *row, char *path, size_t size);

/** Row with this dotted path, or NULL. Only the exact spelling matches. */
const struct ech_param_row *ech_param_find(const char *path);

/** Fills a set with the defaults of the table. */
void ech_params_default(struct ech_params *params);

/** Whether values of this row may be `off`. */
bool ech_param_may_be_off(const struct ech_param_row *row);

/** The field of a row inside a set. */
void *ech_param_field(struct ech_params *params, const struct ech_param_row *row);

/**
 * Sets a number given in the row's unit (years become months; ECH_OFF switches LIMIT, CAP, MOST, DATE off;
 * RATE: a constant hazard). The caller has checked the range.
 */
void ech_param_set(struct ech_params *params, const struct ech_param_row *row, double number);

/** Probability of one month: of a hazard in 1/year, or `value` itself where it is one already. */
double ech_rate_monthly(double value, bool is_probability);

/** A constant rate of `hazard` per year. */
struct ech_rate ech_rate_constant(double hazard);

/** Whether a rate is 0 for everybody. */
bool ech_rate_is_off(const struct ech_rate *rate);

/** Value and kind of a rate of any form for somebody. */
double ech_rate_of(const struct ech_rate *rate, const struct ech_rate_facts *facts,
                   bool *is_probability);

/** Likewise of a rate that is no logit, for this service and age in completed months. */
double ech_rate_at(const struct ech_rate *rate, int service, int age, bool *is_probability);

#endif
