// SPDX-License-Identifier: Apache-2.0
#include "CMatrices.h"

// A fused product and sum is rounded once, and not every processor has one.
#pragma STDC FP_CONTRACT OFF

typedef float vector __attribute__((vector_size(4 * MATRIX_LANES)));
typedef float loose __attribute__((vector_size(4 * MATRIX_LANES), aligned(4)));
typedef int32_t integers __attribute__((vector_size(4 * MATRIX_LANES)));

#define LOAD(place) ((vector)(*(const loose *)(place)))
#define STORE(place, value) (*(loose *)(place) = (loose)(value))
#define EACH(value) ((vector){value, value, value, value, value, value, value, value})
#define CHOICE(condition, yes, no) \
  ((vector)(((condition) & (integers)(yes)) | (~(condition) & (integers)(no))))
#define POSITIVE(value) CHOICE((value) > 0, (value), (vector){0})
#define BITS(value) ((integers)(value))
#define ROOT(value) __builtin_elementwise_sqrt(value)

#define NAME(name) plain_##name
#define TARGET
#define TILE_ROWS 4
#define TILE_VECTORS 1
#include "kernels.h"
#undef NAME
#undef TARGET
#undef TILE_ROWS
#undef TILE_VECTORS

#if defined(__x86_64__)
#define NAME(name) wide_##name
#define TARGET __attribute__((target("avx2")))
#define TILE_ROWS 6
#define TILE_VECTORS 2
#include "kernels.h"
static int is_wide(void) {
  static int known = -1;
  int found = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (found < 0) {
    __builtin_cpu_init();
    found = __builtin_cpu_supports("avx2") ? 1 : 0;
    __atomic_store_n(&known, found, __ATOMIC_RELAXED);
  }
  return found;
}
#define CALL(function, ...) \
  do { \
    if (is_wide()) wide_##function(__VA_ARGS__); \
    else plain_##function(__VA_ARGS__); \
  } while (0)
#else
#define CALL(function, ...) plain_##function(__VA_ARGS__)
#endif

void matrix_multiply(
  float *c, long cRow, const float *a, long aRow, long aStep, const float *b, long bRow,
  const float *start, int adds, long rows, long columns, long depth) {
  CALL(multiply, c, cRow, a, aRow, aStep, b, bRow, start, adds, rows, columns, depth);
}

void matrix_transpose(float *to, long toRow, const float *from, long fromRow, long rows, long columns) {
  for (long i = 0; i < rows; i++)
    for (long j = 0; j < columns; j++) to[j * toRow + i] = from[i * fromRow + j];
}

void matrix_rectify(float *values, long count) { CALL(rectify, values, count); }

void matrix_rectify_back(float *gradients, const float *outputs, long count) {
  CALL(rectify_back, gradients, outputs, count);
}

void matrix_add(float *to, const float *from, float scale, long count) {
  CALL(add, to, from, scale, count);
}

void matrix_approach(float *to, const float *from, float share, long count) {
  CALL(approach, to, from, share, count);
}

void matrix_add_rows(float *sums, const float *rows, long row, long rowCount, long columns) {
  CALL(add_rows, sums, rows, row, rowCount, columns);
}

void matrix_scatter(float *to, const uint8_t *codes, const float *from, long rows, long columns) {
  CALL(scatter, to, codes, from, rows, columns);
}

void matrix_softmax(float *logits, long row, long rows, long columns) {
  CALL(softmax, logits, row, rows, columns);
}

void matrix_contexts(
  float *contexts, long stride, const float *const *starts, const float *const *embeddings,
  const uint8_t *const *codes, const int32_t *orders, float *room, long first, long rows, long columns,
  long width) {
  CALL(
    contexts, contexts, stride, starts, embeddings, codes, orders, room, first, rows, columns, width);
}

void matrix_contexts_back(
  float *gradients, long stride, const int32_t *orders, float *room, long first, long rows,
  long columns, long width) {
  CALL(contexts_back, gradients, stride, orders, room, first, rows, columns, width);
}

void matrix_adam(
  float *parameters, const float *gradients, float *moments, float *squares, float rate, float second,
  float keep, long count) {
  CALL(adam, parameters, gradients, moments, squares, rate, second, keep, count);
}
