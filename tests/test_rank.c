/* The order of ranks, and the smallest of them. */
#include "fixture.h"

#include "model/rank.h"

enum { MOST = 337 };

/* Ranks that differ in their keys alone, in ties, or in everything, as n says. */
static void fill(struct ech_rank *ranks, int n)
{
    const struct ech_chance chance = {2385, (uint64_t)n};
    int values = n % 3 == 0 ? 1 : n % 3 == 1 ? 4 : 1000;
    for (int i = 0; i < n; i++) {
        ech_key key = (ech_key)i;
        ranks[i] = (struct ech_rank){
            .first = ech_chance_below(&chance, key, 1, ECH_FOR_EXIT, values),
            .second = ech_chance_below(&chance, key, 2, ECH_FOR_EXIT, values),
            .tie = (uint64_t)ech_chance_below(&chance, key, 3, ECH_FOR_EXIT, values),
            .key = ech_chance_bits(&chance, key, 4, ECH_FOR_EXIT),
            .id = i};
    }
}

static void test_ranks_are_sorted_as_the_library_sorts_them(void **state)
{
    struct ech_rank ranks[MOST], expected[MOST];
    for (int n = 0; n <= MOST; n++) {
        fill(ranks, n);
        memcpy(expected, ranks, sizeof ranks);
        qsort(expected, (size_t)n, sizeof *expected, ech_rank_compare);
        ech_rank_sort(ranks, n);
        for (int i = 0; i < n; i++) {
            assert_int_equal(ranks[i].id, expected[i].id);
        }
        ech_rank_sort(ranks, n); /* what is sorted stays so */
        for (int i = 0; i < n; i++) {
            assert_int_equal(ranks[i].id, expected[i].id);
        }
    }
}

static void test_the_smallest_ranks_come_to_the_front(void **state)
{
    struct ech_rank ranks[MOST], expected[MOST];
    for (int n = 0; n <= MOST; n += n < 40 ? 1 : 33) {
        for (int most = -1; most <= n + 1; most++) {
            fill(ranks, n);
            memcpy(expected, ranks, sizeof ranks);
            ech_rank_sort(expected, n);
            ech_rank_select(ranks, n, most);
            int n_chosen = most < n ? most : n;
            ech_rank_sort(ranks, n_chosen > 0 ? n_chosen : 0);
            for (int i = 0; i < n_chosen; i++) {
                assert_int_equal(ranks[i].id, expected[i].id);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks_are_sorted_as_the_library_sorts_them),
        cmocka_unit_test(test_the_smallest_ranks_come_to_the_front),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
