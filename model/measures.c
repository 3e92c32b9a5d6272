/* The table of measures, the layout of counters, and the values that are shown. */
#include "model/measures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const struct ech_measure_row ech_count_rows[ECH_N_COUNTS] = {
#define COUNT(name_, DIM, unit_, KIND, DETAIL, scale_, en, zh, text_)                              \
    {.name = #name_,                                                                               \
     .dim = ECH_DIM_##DIM,                                                                         \
     .unit = unit_,                                                                                \
     .scale = scale_,                                                                              \
     .label = {en, zh},                                                                            \
     .text = text_,                                                                                \
     .kind = ECH_KIND_##KIND,                                                                      \
     .detail = ECH_DETAIL_##DETAIL,                                                                \
     .numerator = ECH_NONE,                                                                        \
     .denominator = ECH_NONE},
#define RATIO(name_, DIM, unit_, num, den, scale_, en, zh, text_)
#include "model/measures.def"
#undef COUNT
#undef RATIO
};

const char *const ech_detail_names[ECH_N_DETAILS] = {"unit_year", "unit", "review", "type"};

/* Kind and detail of each count as constants, so that the rows of ratios can be static too. */
enum {
#define COUNT(name_, DIM, unit_, KIND, DETAIL, scale_, en, zh, text_)                              \
    KIND_##name_##_##DIM = ECH_KIND_##KIND, DETAIL_##name_##_##DIM = ECH_DETAIL_##DETAIL,
#define RATIO(name_, DIM, unit_, num, den, scale_, en, zh, text_)
#include "model/measures.def"
#undef COUNT
#undef RATIO
};

#define COARSER(a, b) ((a) > (b) ? (a) : (b))

const struct ech_measure_row ech_ratio_rows[ECH_N_RATIOS] = {
#define COUNT(name_, DIM, unit_, KIND, DETAIL, scale_, en, zh, text_)
#define RATIO(name_, DIM, unit_, num, den, scale_, en, zh, text_)                                  \
    {.name = #name_,                                                                               \
     .dim = ECH_DIM_##DIM,                                                                         \
     .unit = unit_,                                                                                \
     .scale = scale_,                                                                              \
     .label = {en, zh},                                                                            \
     .text = text_,                                                                                \
     .kind = (enum ech_measure_kind)KIND_##num##_##DIM,                                            \
     .detail = (enum ech_detail)COARSER(DETAIL_##num##_##DIM, DETAIL_##den##_##DIM),               \
     .numerator = ECH_M_##num##_##DIM,                                                             \
     .denominator = ECH_M_##den##_##DIM},
#include "model/measures.def"
#undef COUNT
#undef RATIO
};

/* The words of each dimension; NULL: a single value without a word. */
static const struct {
    int n_words;
    const char *const *words;
    bool by_level;
} dims[ECH_N_DIMS] = {
    [ECH_DIM_NONE] = {1, NULL, false},
    [ECH_DIM_LEVEL] = {1, NULL, true},
    [ECH_DIM_TRACK] = {ECH_N_TRACKS, ech_track_names, false},
    [ECH_DIM_CAUSE] = {ECH_N_CAUSES, ech_cause_names, false},
    [ECH_DIM_CHANNEL] = {ECH_N_CHANNELS, ech_channel_names, false},
    [ECH_DIM_CLAUSE] = {ECH_N_CLAUSES, ech_clause_names, false},
    [ECH_DIM_VACANCY] = {ECH_N_VACANCIES, ech_vacancy_names, false},
    [ECH_DIM_CLASS] = {ECH_N_CLASSES, ech_class_names, false},
    [ECH_DIM_AGE] = {ECH_N_AGE_BANDS, ech_age_band_names, false},
    [ECH_DIM_EDUCATION] = {ECH_N_EDUCATIONS, ech_education_names, false},
    [ECH_DIM_TENURE] = {ECH_N_TENURES, ech_tenure_names, false},
    [ECH_DIM_ENDING] = {ECH_N_ENDINGS, ech_ending_names, false},
    [ECH_DIM_ROLE] = {ECH_N_ROLES, ech_role_names, false},
    [ECH_DIM_REMOTENESS] = {ECH_N_REMOTENESS, ech_remoteness_names, false},
    [ECH_DIM_SPECIALTY] = {ECH_N_SPECIALTIES, ech_specialty_names, false},
    [ECH_DIM_RATING] = {ECH_N_RATINGS, ech_rating_names, false},
    [ECH_DIM_CONSEQUENCE] = {ECH_N_CONSEQUENCES, ech_consequence_names, false},
    [ECH_DIM_DEMAND] = {ECH_N_DEMANDS, ech_team_demand_names, false},
    [ECH_DIM_SANCTION] = {ECH_N_SANCTIONS, ech_sanction_names, false},
    [ECH_DIM_INCIDENT] = {ECH_N_INCIDENTS, ech_incident_names, false},
    [ECH_DIM_COURSE] = {ECH_N_COURSES, ech_course_names, false},
    [ECH_DIM_GRADE] = {ECH_N_GRADES, ech_grade_names, false},
    [ECH_DIM_QUANTITY] = {ECH_N_QUANTITIES, ech_quantity_names, false},
    [ECH_DIM_LENGTH_LEVEL] = {ECH_N_LENGTHS, ech_length_names, true},
    [ECH_DIM_CLAUSE_LEVEL] = {ECH_N_CLAUSES, ech_clause_names, true},
};

int ech_dim_size(enum ech_dim dim, int n_levels)
{
    return dims[dim].n_words * (dims[dim].by_level ? n_levels : 1);
}

bool ech_dim_by_level(enum ech_dim dim)
{
    return dims[dim].by_level;
}

struct ech_layout ech_measure_layout(int n_levels)
{
    struct ech_layout layout = {.n_levels = n_levels};
    enum ech_detail last = ECH_DETAIL_UNIT_YEAR;
    for (int c = 0; c < ECH_N_COUNTS; c++) {
        const struct ech_measure_row *row = &ech_count_rows[c];
        ECH_ASSERT(row->detail >= last);
        last = row->detail;
        layout.first[c] = layout.n;
        layout.n += ech_dim_size(row->dim, n_levels);
        if (row->detail == ECH_DETAIL_UNIT_YEAR) {
            layout.n_unit_year = layout.n;
        }
        if (row->detail <= ECH_DETAIL_UNIT) {
            layout.n_unit_month = layout.n;
        }
        if (row->detail <= ECH_DETAIL_REVIEW) {
            layout.n_unit = layout.n;
        }
    }
    return layout;
}

int ech_layout_row(const struct ech_layout *layout, int slot, int *index)
{
    ECH_ASSERT(slot >= 0 && slot < layout->n);
    int c = ECH_N_COUNTS - 1;
    while (layout->first[c] > slot) {
        c--;
    }
    *index = slot - layout->first[c];
    return c;
}

void ech_dim_word(enum ech_dim dim, int index, const struct ech_level *levels, char *word,
                  size_t size)
{
    const char *own = dims[dim].words ? dims[dim].words[index % dims[dim].n_words] : "";
    if (dims[dim].by_level) {
        snprintf(word, size, "%s%slevel:%s", own, *own ? "/" : "",
                 levels[index / dims[dim].n_words].id);
    } else {
        snprintf(word, size, "%s", own);
    }
}

void ech_measure_name(const struct ech_measure_row *row, int index, const struct ech_level *levels,
                      char *name, size_t size)
{
    char word[128];
    ech_dim_word(row->dim, index, levels, word, sizeof word);
    if (row->dim == ECH_DIM_NONE) {
        snprintf(name, size, "%s", row->name);
    } else {
        snprintf(name, size, "%s[%s]", row->name, word);
    }
}

static struct ech_measure count_measure(const struct ech_layout *layout, int c, int index)
{
    return (struct ech_measure){
        .row = &ech_count_rows[c], .slot = layout->first[c] + index, .denominator = ECH_NONE};
}

static struct ech_measure ratio_measure(const struct ech_layout *layout, int r, int index)
{
    const struct ech_measure_row *row = &ech_ratio_rows[r];
    return (struct ech_measure){.row = row,
                                .is_ratio = true,
                                .slot = layout->first[row->numerator] + index,
                                .denominator = layout->first[row->denominator] + index};
}

/* Index of the value that the brackets of a full name call in this row, or ECH_NONE. */
static int index_in_row(const struct ech_measure_row *row, const char *name, int n_levels,
                        const struct ech_level *levels)
{
    size_t length = strlen(row->name);
    if (strncmp(name, row->name, length) != 0 || (name[length] != '\0' && name[length] != '[')) {
        return ECH_NONE;
    }
    for (int i = 0; i < ech_dim_size(row->dim, n_levels); i++) {
        char full[256];
        ech_measure_name(row, i, levels, full, sizeof full);
        if (strcmp(full, name) == 0) {
            return i;
        }
    }
    return ECH_NONE;
}

bool ech_measure_find(const char *name, const struct ech_layout *layout,
                      const struct ech_level *levels, struct ech_measure *measure)
{
    for (int c = 0; c < ECH_N_COUNTS; c++) {
        int index = index_in_row(&ech_count_rows[c], name, layout->n_levels, levels);
        if (index != ECH_NONE) {
            *measure = count_measure(layout, c, index);
            return true;
        }
    }
    for (int r = 0; r < ECH_N_RATIOS; r++) {
        int index = index_in_row(&ech_ratio_rows[r], name, layout->n_levels, levels);
        if (index != ECH_NONE) {
            *measure = ratio_measure(layout, r, index);
            return true;
        }
    }
    return false;
}

int ech_n_measures(const struct ech_layout *layout)
{
    int n = layout->n;
    for (int r = 0; r < ECH_N_RATIOS; r++) {
        n += ech_dim_size(ech_ratio_rows[r].dim, layout->n_levels);
    }
    return n;
}

struct ech_measure ech_measure_at(int i, const struct ech_layout *layout,
                                  const struct ech_level *levels, char *name, size_t size)
{
    struct ech_measure measure;
    int index = 0;
    if (i < layout->n) {
        int c = ech_layout_row(layout, i, &index);
        measure = count_measure(layout, c, index);
    } else {
        int r = 0;
        for (index = i - layout->n; index >= ech_dim_size(ech_ratio_rows[r].dim, layout->n_levels);
             r++) {
            index -= ech_dim_size(ech_ratio_rows[r].dim, layout->n_levels);
            ECH_ASSERT(r + 1 < ECH_N_RATIOS);
        }
        measure = ratio_measure(layout, r, index);
    }
    ech_measure_name(measure.row, index, levels, name, size);
    return measure;
}

double ech_measure_value(const struct ech_measure *measure, const int64_t *end, const int64_t *sum,
                         int n_months)
{
    const struct ech_measure_row *row = measure->row;
    const int64_t *from = row->kind == ECH_KIND_END ? end : sum;
    double value = (double)from[measure->slot];
    if (!measure->is_ratio) {
        return value * row->scale / (row->kind == ECH_KIND_MEAN ? n_months : 1);
    }
    double denominator = (double)from[measure->denominator];
    if (from[measure->denominator] == 0) {
        return NAN;
    }
    return value * ech_count_rows[row->numerator].scale * row->scale /
           (denominator * ech_count_rows[row->denominator].scale);
}
