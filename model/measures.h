/* Measures: one row of measures.def makes the counter, its name, its averaging and its words. */
#ifndef ECH_MEASURES_H
#define ECH_MEASURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/scenario.h"

enum ech_dim {
    ECH_DIM_NONE,
    ECH_DIM_LEVEL,
    ECH_DIM_TRACK,
    ECH_DIM_CAUSE,
    ECH_DIM_CHANNEL,
    ECH_DIM_CLAUSE,
    ECH_DIM_VACANCY,
    ECH_DIM_CLASS,
    ECH_DIM_AGE,
    ECH_DIM_EDUCATION,
    ECH_DIM_TENURE,
    ECH_DIM_ENDING,
    ECH_DIM_SPECIALTY,
    ECH_DIM_DEMAND,
    ECH_DIM_RATING,
    ECH_DIM_CONSEQUENCE,
    ECH_DIM_ROLE,
    ECH_DIM_REMOTENESS,
    ECH_DIM_SANCTION,
    ECH_DIM_INCIDENT,
    ECH_DIM_GRADE,
    ECH_DIM_COURSE,
    ECH_DIM_QUANTITY,
    ECH_DIM_LENGTH_LEVEL,
    ECH_DIM_CLAUSE_LEVEL,
    ECH_N_DIMS
};
enum ech_measure_kind { ECH_KIND_END, ECH_KIND_MEAN, ECH_KIND_SUM };
enum ech_detail {
    ECH_DETAIL_UNIT_YEAR,
    ECH_DETAIL_UNIT,
    ECH_DETAIL_REVIEW,
    ECH_DETAIL_TYPE,
    ECH_N_DETAILS
};
/** The word of each detail, as results files spell it. */
extern const char *const ech_detail_names[ECH_N_DETAILS];

/** Rows of COUNT, called ECH_M_<name>_<DIM>. */
enum ech_count_id {
#define COUNT(name, DIM, unit, KIND, DETAIL, scale, en, zh, text) ECH_M_##name##_##DIM,
#define RATIO(name, DIM, unit, num, den, scale, en, zh, text)
#include "model/measures.def"
#undef COUNT
#undef RATIO
    ECH_N_COUNTS
};
/** Rows of RATIO, called ECH_R_<name>_<DIM>. */
enum ech_ratio_id {
#define COUNT(name, DIM, unit, KIND, DETAIL, scale, en, zh, text)
#define RATIO(name, DIM, unit, num, den, scale, en, zh, text) ECH_R_##name##_##DIM,
#include "model/measures.def"
#undef COUNT
#undef RATIO
    ECH_N_RATIOS
};

/** A row of either sort. */
struct ech_measure_row {
    const char *name;
    enum ech_dim dim;
    const char *unit;
    double scale;
    const char *label[2]; /* by enum ech_lang */
    const char *text;
    enum ech_measure_kind kind; /* of a ratio: of its counts */
    enum ech_detail detail;     /* of a ratio: the coarser of its counts */
    int numerator;              /* rows of ech_count_rows; of a count ECH_NONE */
    int denominator;
};

/** Whether a row is counted by unit (else by type only), known to the compiler. */
static const bool ech_count_by_unit[ECH_N_COUNTS] = {
#define COUNT(name, DIM, unit, KIND, DETAIL, scale, en, zh, text)                                  \
    ECH_DETAIL_##DETAIL < ECH_DETAIL_TYPE,
#define RATIO(name, DIM, unit, num, den, scale, en, zh, text)
#include "model/measures.def"
#undef COUNT
#undef RATIO
};

extern const struct ech_measure_row ech_count_rows[ECH_N_COUNTS];
extern const struct ech_measure_row ech_ratio_rows[ECH_N_RATIOS];

/**
 * Where counters stand: a slot is one value of one COUNT row. Slots 0 ... n_unit_year - 1 are kept
 * by unit and year, 0 ... n_unit_month - 1 by unit and month (mean and sd), 0 ... n_unit - 1 are
 * counted by unit (those of the team reviews kept at the ends of years), all n by county and type.
 */
struct ech_layout {
    int n_levels;
    int n_unit_year;
    int n_unit_month;
    int n_unit;
    int n;
    int first[ECH_N_COUNTS]; /* first slot of each row */
};

/** Layout for a ladder of n_levels levels. */
struct ech_layout ech_measure_layout(int n_levels);

/** Number of values of a dimension with this ladder. */
int ech_dim_size(enum ech_dim dim, int n_levels);

/** Whether a dimension has its words once for each level: value = level x words + word. */
bool ech_dim_by_level(enum ech_dim dim);

/** Row of a slot, and through *index its place in the dimension. */
int ech_layout_row(const struct ech_layout *layout, int slot, int *index);

/** The word of value `index` of a dimension as in names: "retire", "level:section",
    "3/level:section"; NONE: "". */
void ech_dim_word(enum ech_dim dim, int index, const struct ech_level *levels, char *word,
                  size_t size);

/** "exits[retire]", "heads[level:section]", "heads" for value `index` of a row. */
void ech_measure_name(const struct ech_measure_row *row, int index, const struct ech_level *levels,
                      char *name, size_t size);

/** A measure by its full name: one value of a count or of a ratio. */
struct ech_measure {
    const struct ech_measure_row *row;
    bool is_ratio;
    int slot;        /* of the count, or of the ratio's numerator */
    int denominator; /* slot of the ratio's denominator; ECH_NONE for a count */
};

/** Finds a full name; false if there is none. */
bool ech_measure_find(const char *name, const struct ech_layout *layout,
                      const struct ech_level *levels, struct ech_measure *measure);

/** All measures in table order (counts, then ratios), each value of a dimension on its own. */
int ech_n_measures(const struct ech_layout *layout);
/** The i-th of these, with its full name written into name[size]. */
struct ech_measure ech_measure_at(int i, const struct ech_layout *layout,
                                  const struct ech_level *levels, char *name, size_t size);

/**
 * Value of a measure for one group and period from sums of counters: `end` the counters of the
 * period's last month, `sum` the counters summed over its n_months months, both [layout.n] (or as
 * many as the group has). NAN where undefined.
 */
double ech_measure_value(const struct ech_measure *measure, const int64_t *end, const int64_t *sum,
                         int n_months);

#endif
