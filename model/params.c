#include "model/params.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* CHOICE, LIMIT, ... become enum ech_param_type; RULE, ... enum ech_basis; COUNTY, ... enum ech_scope. */
const struct ech_param_row ech_param_rows[ECH_N_PARAMS] = {
#define PARAM(group, name, TYPE, unit, def, min, max, BASIS, SCOPE, en, zh, source)                \
    {#group,                                                                                       \
     #name,                                                                                        \
     ECH_PARAM_##TYPE,                                                                             \
     unit,                                                                                         \
     def,                                                                                          \
     min,                                                                                          \
     max,                                                                                          \
     ECH_BASIS_##BASIS,                                                                            \
     ECH_SCOPE_##SCOPE,                                                                            \
     {en, zh},                                                                                     \
     source,                                                                                       \
     offsetof(struct ech_params, group##_##name)},
#include "model/params.def"
#undef PARAM
};

const char *const ech_basis_names[4] = {"rule", "data", "assumed", "fitted"};
const char *const ech_scope_names[ECH_N_SCOPES] = {"county", "people", "unit", "post", "holder"};

void ech_param_path(const struct ech_param_row *row, char *path, size_t size)
{
    int length = snprintf(path, size, "%s.%s", row->group, row->name);
    size_t group = strlen(row->group);
    for (size_t i = 0; i < group && i + 1 < size && length > 0; i++) {
        if (path[i] == '_') {
            path[i] = '.';
        }
    }
}

const struct ech_param_row *ech_param_find(const char *path)
{
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        char candidate[128];
        ech_param_path(&ech_param_rows[i], candidate, sizeof candidate);
        if (strcmp(candidate, path) == 0) {
            return &ech_param_rows[i];
        }
    }
    return NULL;
}

void ech_params_default(struct ech_params *params)
{
    memset(params, 0, sizeof *params); /* padding too: equal sets are equal bytes */
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        ech_param_set(params, &ech_param_rows[i], ech_param_rows[i].def);
    }
}

bool ech_param_may_be_off(const struct ech_param_row *row)
{
    return row->type == ECH_PARAM_LIMIT || row->type == ECH_PARAM_CAP ||
           row->type == ECH_PARAM_MOST || row->type == ECH_PARAM_DATE;
}

void *ech_param_field(struct ech_params *params, const struct ech_param_row *row)
{
    return (char *)params + row->offset;
}

static int months_of(const struct ech_param_row *row, double number)
{
    return (int)lround(strcmp(row->unit, "year") == 0 ? 12 * number : number);
}

void ech_param_set(struct ech_params *params, const struct ech_param_row *row, double number)
{
    char *field = ech_param_field(params, row);
    int whole = 0;
    switch (row->type) {
    case ECH_PARAM_MONTHS:
        whole = months_of(row, number);
        memcpy(field, &whole, sizeof whole);
        break;
    case ECH_PARAM_LIMIT:
    case ECH_PARAM_DATE:
        whole = number == ECH_OFF ? ECH_NEVER : months_of(row, number);
        memcpy(field, &whole, sizeof whole);
        break;
    case ECH_PARAM_COUNT:
    case ECH_PARAM_CALENDAR:
    case ECH_PARAM_CHOICE:
        whole = (int)lround(number);
        memcpy(field, &whole, sizeof whole);
        break;
    case ECH_PARAM_CAP:
    case ECH_PARAM_MOST:
        number = number == ECH_OFF ? (double)INFINITY : number;
        memcpy(field, &number, sizeof number);
        break;
    case ECH_PARAM_SHARE:
    case ECH_PARAM_NUMBER:
        memcpy(field, &number, sizeof number);
        break;
    case ECH_PARAM_FLAG: {
        bool flag = number != 0;
        memcpy(field, &flag, sizeof flag);
        break;
    }
    case ECH_PARAM_RATE: {
        struct ech_rate rate = ech_rate_constant(number);
        memcpy(field, &rate, sizeof rate);
        break;
    }
    }
}

double ech_rate_monthly(double value, bool is_probability)
{
    return is_probability ? value : -expm1(-value / 12);
}

struct ech_rate ech_rate_constant(double hazard)
{
    struct ech_rate rate;
    memset(&rate, 0, sizeof rate);
    rate.by = ECH_BY_NOTHING;
    rate.n_bands = 1;
    rate.value[0] = hazard;
    return rate;
}

const char *const ech_logit_names[ECH_N_LOGIT_TERMS] = {
    "intercept", "age", "service", "female", "outsider", "non_party", "bachelor", "remote"};

bool ech_rate_is_off(const struct ech_rate *rate)
{
    bool off = rate->by != ECH_BY_LOGIT;
    for (int band = 0; band < rate->n_bands; band++) {
        off = off && !(rate->value[band] > 0);
    }
    return off;
}

double ech_rate_of(const struct ech_rate *rate, const struct ech_rate_facts *facts,
                   bool *is_probability)
{
    if (rate->by != ECH_BY_LOGIT) {
        return ech_rate_at(rate, facts->service, facts->age, is_probability);
    }
    double x =
        rate->value[ECH_LOGIT_INTERCEPT] +
        rate->value[ECH_LOGIT_AGE] * (rate->frozen ? facts->age_then : facts->age) / 12 +
        rate->value[ECH_LOGIT_SERVICE] * (rate->frozen ? facts->service_then : facts->service) / 12;
    for (int term = ECH_LOGIT_FEMALE; term < ECH_N_LOGIT_TERMS; term++) {
        x += rate->value[term] * facts->term[term];
    }
    *is_probability = true;
    return 1 / (1 + exp(-x));
}

double ech_rate_at(const struct ech_rate *rate, int service, int age, bool *is_probability)
{
    int months = rate->by == ECH_BY_SERVICE ? service : age;
    int band = rate->by == ECH_BY_NOTHING ? 0 : -1;
    while (rate->by != ECH_BY_NOTHING && band + 1 < rate->n_bands &&
           months >= rate->from_month[band + 1]) {
        band++;
    }
    if (band < 0) { /* before the first band */
        *is_probability = false;
        return 0;
    }
    *is_probability = rate->is_probability[band];
    return rate->value[band];
}
