/* Memory of a scenario: many small blocks that are freed together. */
#ifndef ECH_ARENA_H
#define ECH_ARENA_H

#include <setjmp.h>
#include <stddef.h>

/**
 * An arena; { 0 } is empty and valid. A block that cannot be had ends the loading at once through
 * *out_of_memory, the one place that cleans up, so that hundreds of callers need not check.
 */
struct ech_arena {
    struct ech_arena_chunk *chunks;
    jmp_buf *out_of_memory; /* set while loading; the caller's */
};

/** `size` zeroed bytes, aligned for any type. Does not return when there is no memory. */
void *ech_arena_take(struct ech_arena *arena, size_t size);

/** An array of n zeroed elements of `size` bytes; n 0 gives a valid pointer. As ech_arena_take. */
void *ech_arena_array(struct ech_arena *arena, size_t n, size_t size);

/** A copy of `length` bytes of `text` with a closing zero. As ech_arena_take. */
const char *ech_arena_text(struct ech_arena *arena, const char *text, size_t length);

/** Text as printf writes it. As ech_arena_take. */
const char *ech_arena_format(struct ech_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Frees everything; the arena is empty again and may be freed twice. */
void ech_arena_free(struct ech_arena *arena);

#endif
