// SPDX-License-Identifier: Apache-2.0
// Matrices of floats, row by row, as small neural networks multiply them.
//
// Every entry of a result is summed in one order, with a rounding after each product and after each sum,
// so that neither the width of a processor's vectors nor the number of rows at once changes a bit.
// Rows are as long as a multiple of MATRIX_LANES where a function says "padded".
#ifndef SEMBLANCE_CMATRICES_H
#define SEMBLANCE_CMATRICES_H

#include <stdint.h>

#define MATRIX_LANES 8

/// c[i][j] = (adds ? c[i][j] : start ? start[j] : 0) + the sum over k, in order, of
/// a[i * aRow + k * aStep] * b[k][j].
///
/// `columns` is padded. With aRow = depth and aStep = 1 it is a product, with aRow = 1 and aStep = the
/// length of a row of a that of a's transpose.
void matrix_multiply(
  float *c, long cRow, const float *a, long aRow, long aStep, const float *b, long bRow,
  const float *start, int adds, long rows, long columns, long depth);

/// to[j][i] = from[i][j]; `toRow` is the length of a row of `to`, of which only `rows` entries are written.
void matrix_transpose(float *to, long toRow, const float *from, long fromRow, long rows, long columns);

/// values[i] = max(values[i], 0); `count` is padded.
void matrix_rectify(float *values, long count);

/// gradients[i] = 0 where outputs[i] is 0; `count` is padded.
void matrix_rectify_back(float *gradients, const float *outputs, long count);

/// to[j] += scale * from[j]; `count` is padded.
void matrix_add(float *to, const float *from, float scale, long count);

/// to[j] += share * (from[j] - to[j]); `count` is padded.
void matrix_approach(float *to, const float *from, float share, long count);

/// sums[j] += the sum over rows, in order; `columns` is padded.
void matrix_add_rows(float *sums, const float *rows, long row, long rowCount, long columns);

/// to[codes[i]] += from[i], row by row; `columns` is padded.
void matrix_scatter(float *to, const uint8_t *codes, const float *from, long rows, long columns);

/// Makes each row of logits the probabilities of its entries. Logits are finite; `columns` is padded, and
/// logits of 60 below the row's greatest and less have the probability 0.
void matrix_softmax(float *logits, long row, long rows, long columns);

/// Goes through the columns of each row in the row's order: writes what is known before a column,
/// rectified, and adds what the column's own bin says to it.
///
/// - contexts: for each column `stride` floats, of which row i takes `width` (padded) from i * width on.
/// - starts: for each column what is known if nothing is.
/// - embeddings: for each column a row of `width` a bin.
/// - codes: for each column the bin of each row.
/// - orders: for each row the columns, from the first to the last.
/// - room: `width` floats.
void matrix_contexts(
  float *contexts, long stride, const float *const *starts, const float *const *embeddings,
  const uint8_t *const *codes, const int32_t *orders, float *room, long first, long rows, long columns,
  long width);

/// Takes the gradients of contexts, as matrix_contexts laid them, and writes in place of each that of the
/// column's own embedding: the sum of those of all later columns, the last first.
void matrix_contexts_back(
  float *gradients, long stride, const int32_t *orders, float *room, long first, long rows,
  long columns, long width);

/// A step of Adam with decoupled decay: Kingma and Ba (2015), algorithm 1; Loshchilov and Hutter (2019),
/// algorithm 2.
///
/// - rate: the step's size, with the correction of the first moment.
/// - second: the correction of the second moment, as a factor of its square root.
/// - keep: what is left of a parameter after decay.
void matrix_adam(
  float *parameters, const float *gradients, float *moments, float *squares, float rate, float second,
  float keep, long count);

#endif
