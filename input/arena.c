#include "input/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/error.h"

struct ech_arena_chunk {
    struct ech_arena_chunk *next;
    size_t used;
    size_t size;
    alignas(max_align_t) char bytes[];
};

enum { CHUNK_BYTES = 64 * 1024 };

static _Noreturn void give_up(const struct ech_arena *arena)
{
    ECH_ASSERT(arena->out_of_memory != NULL);
    longjmp(*arena->out_of_memory, 1);
}

/** Adds a chunk with room for `size` bytes; a large block gets a chunk of its own behind the first. */
static struct ech_arena_chunk *add_chunk(struct ech_arena *arena, size_t size)
{
    bool large = size > CHUNK_BYTES / 4;
    size_t room = large ? size : CHUNK_BYTES;
    struct ech_arena_chunk *chunk = calloc(1, sizeof *chunk + room);
    if (chunk == NULL) {
        give_up(arena);
    }
    chunk->size = room;
    struct ech_arena_chunk **place =
        large && arena->chunks != NULL ? &arena->chunks->next : &arena->chunks;
    chunk->next = *place;
    *place = chunk;
    return chunk;
}

void *ech_arena_take(struct ech_arena *arena, size_t size)
{
    size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX / 2) {
        give_up(arena);
    }
    size = (size + unit - 1) / unit * unit;
    struct ech_arena_chunk *chunk = arena->chunks;
    if (chunk == NULL || chunk->size - chunk->used < size) {
        chunk = add_chunk(arena, size);
    }
    void *block = chunk->bytes + chunk->used;
    chunk->used += size;
    return block;
}

void *ech_arena_array(struct ech_arena *arena, size_t n, size_t size)
{
    if (size > 0 && n > SIZE_MAX / 2 / size) {
        give_up(arena);
    }
    return ech_arena_take(arena, n * size);
}

const char *ech_arena_text(struct ech_arena *arena, const char *text, size_t length)
{
    char *copy = ech_arena_take(arena, length + 1);
    memcpy(copy, text, length);
    return copy;
}

const char *ech_arena_format(struct ech_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = ech_arena_take(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void ech_arena_free(struct ech_arena *arena)
{
    while (arena->chunks != NULL) {
        struct ech_arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        free(chunk);
    }
}
