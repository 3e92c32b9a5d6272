#include "results/derived.h"

#include <stddef.h>
#include <string.h>

#include "results/price.h"

const struct ech_derived ech_derived_rows[] = {
    {ECH_PRICE_NAME,
     "yuan",
     {ECH_PRICE_COST, ECH_PRICE_EXITS},
     {"price of a leader kept", "每多留1名领导干部的费用"},
     "what a policy costs more than the baseline for each leader who does not leave by choice; "
     "compare gives it"}};
const int ech_n_derived = (int)(sizeof ech_derived_rows / sizeof *ech_derived_rows);

const struct ech_derived *ech_derived_find(const char *name)
{
    for (int i = 0; i < ech_n_derived; i++) {
        if (strcmp(ech_derived_rows[i].name, name) == 0) {
            return &ech_derived_rows[i];
        }
    }
    return NULL;
}
