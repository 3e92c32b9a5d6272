#include "results/totals.h"

#include <string.h>

/* Whether a row of counts splits another one: its single value, or each of its words by level. */
static bool splits(const struct ech_layout *layout, int row, int whole)
{
    const struct ech_measure_row *part = &ech_count_rows[row];
    const struct ech_measure_row *of = &ech_count_rows[whole];
    if (row == whole || strcmp(part->name, of->name) != 0) {
        return false;
    }
    int n = ech_dim_size(of->dim, layout->n_levels);
    return of->dim == ECH_DIM_NONE ||
           (ech_dim_by_level(part->dim) && !ech_dim_by_level(of->dim) &&
            ech_dim_size(part->dim, layout->n_levels) == n * layout->n_levels);
}

/* The column of a count; ECH_NONE if it stands in another part. */
static int column_of(const struct ech_shape *shape, const struct ech_part *part, int slot)
{
    bool is_here = slot >= part->first && slot < part->first + part->n;
    int each = ech_table_sums(shape, part->table) ? 2 : 1; /* a sum has its spread beside it */
    return is_here ? ech_part_n_before(part) + each * (slot - part->first) : ECH_NONE;
}

/* The slot at `index` of row `whole`, split by another row; false unless all columns are here. */
static bool split(const struct ech_shape *shape, const struct ech_part *part, int whole, int index,
                  int row, struct ech_total *total)
{
    const struct ech_layout *layout = &shape->layout;
    int step = ech_dim_size(ech_count_rows[whole].dim, layout->n_levels);
    int n = ech_dim_size(ech_count_rows[row].dim, layout->n_levels) / step;
    int slot = layout->first[row] + index;
    int column = column_of(shape, part, layout->first[whole] + index);
    int first = column_of(shape, part, slot);
    int last = column_of(shape, part, slot + (n - 1) * step);
    *total = (struct ech_total){column, first, n > 1 ? (last - first) / (n - 1) : 1, n};
    return column != ECH_NONE && last != ECH_NONE && first > column;
}

int ech_part_totals(const struct ech_shape *shape, const struct ech_part *part,
                    struct ech_total *totals)
{
    const struct ech_layout *layout = &shape->layout;
    int n = 0;
    for (int whole = 0; whole < ECH_N_COUNTS && part->table != ECH_TABLE_UNIT_YEAR; whole++) {
        for (int row = 0; row < ECH_N_COUNTS; row++) {
            int n_values = ech_dim_size(ech_count_rows[whole].dim, layout->n_levels);
            for (int i = 0; i < n_values && splits(layout, row, whole); i++) {
                struct ech_total total;
                if (split(shape, part, whole, i, row, &total)) {
                    if (totals) {
                        totals[n] = total;
                    }
                    n++;
                }
            }
        }
    }
    return n;
}
