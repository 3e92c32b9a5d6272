#include "model/rungs.h"

#include <string.h>

int ech_rungs_most_blocks(int capacity, int most_rungs)
{
    return capacity / ECH_RUNG_BLOCK + most_rungs;
}

void ech_rungs_empty(struct ech_run *run)
{
    for (int rung = 0; rung < run->most_rungs; rung++) {
        run->rungs[rung] = (struct ech_rung){.first = ECH_NONE};
    }
    for (ech_id id = 0; id < run->capacity; id++) {
        run->footing[id].rung = ECH_NONE;
    }
    for (int block = 0; block < run->n_rung_blocks; block++) {
        run->rung_blocks[block].next = block + 1 < run->n_rung_blocks ? block + 1 : ECH_NONE;
    }
    run->free_block = 0;
}

/* The last of the first block, the only one that is not full, comes to the place that becomes free. */
static void take_off(struct ech_run *run, const struct ech_footing *was)
{
    struct ech_rung *rung = &run->rungs[was->rung];
    int emptied = rung->first;
    struct ech_rung_block *block = &run->rung_blocks[emptied];
    ech_id last = block->ids[--rung->n];
    run->rung_blocks[was->at / ECH_RUNG_BLOCK].ids[was->at % ECH_RUNG_BLOCK] = last;
    run->footing[last].at = was->at;
    if (rung->n == 0) {
        *rung = (struct ech_rung){.first = block->next,
                                  .n = block->next != ECH_NONE ? ECH_RUNG_BLOCK : 0};
        block->next = run->free_block;
        run->free_block = emptied;
    }
}

static int put_on(struct ech_run *run, ech_id id, struct ech_rung *rung)
{
    if (rung->first == ECH_NONE || rung->n == ECH_RUNG_BLOCK) {
        int fresh = run->free_block;
        ECH_ASSERT(fresh != ECH_NONE);
        run->free_block = run->rung_blocks[fresh].next;
        run->rung_blocks[fresh].next = rung->first;
        *rung = (struct ech_rung){.first = fresh};
    }
    run->rung_blocks[rung->first].ids[rung->n] = id;
    return rung->first * ECH_RUNG_BLOCK + rung->n++;
}

void ech_rungs_put(struct ech_run *run, ech_id id, int rung)
{
    struct ech_footing *footing = &run->footing[id];
    if (footing->rung != ECH_NONE) {
        take_off(run, footing);
    }
    footing->rung = rung;
    footing->at = rung != ECH_NONE ? put_on(run, id, &run->rungs[rung]) : ECH_NONE;
}

int ech_rungs_list(const struct ech_run *run, int rung, ech_id *ids)
{
    int n = 0;
    int n_here = run->rungs[rung].n;
    for (int b = run->rungs[rung].first; b != ECH_NONE; b = run->rung_blocks[b].next) {
        for (int i = 0; i < n_here; i++) {
            ids[n++] = run->rung_blocks[b].ids[i];
        }
        n_here = ECH_RUNG_BLOCK;
    }
    return n;
}
