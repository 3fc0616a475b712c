// SPDX-License-Identifier: Apache-2.0
// The kernels once: included for each kind of processor, with NAME, TARGET, TILE_ROWS and TILE_VECTORS set.

#define INSIDE static inline __attribute__((always_inline)) TARGET

// A tile of rows and columns; each of its sums stays in a register.
#define TILE(FUNCTION, ROWS, VECTORS)                                                              \
  INSIDE void FUNCTION(                                                                            \
    float *c, long cRow, const float *a, long aRow, long aStep, const float *b, long bRow,         \
    const float *start, int adds, long depth) {                                                    \
    vector sums[ROWS][VECTORS];                                                                    \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                              \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)                         \
        sums[i][v] = adds    ? LOAD(c + i * cRow + v * MATRIX_LANES)                               \
                     : start ? LOAD(start + v * MATRIX_LANES)                                      \
                             : (vector){0};                                                        \
    for (long k = 0; k < depth; k++) {                                                             \
      vector right[VECTORS];                                                                       \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)                         \
        right[v] = LOAD(b + k * bRow + v * MATRIX_LANES);                                          \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                          \
        float left = a[i * aRow + k * aStep];                                                      \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)                       \
          sums[i][v] = sums[i][v] + left * right[v];                                               \
      }                                                                                            \
    }                                                                                              \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                              \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)                         \
        STORE(c + i * cRow + v * MATRIX_LANES, sums[i][v]);                                        \
  }

TILE(NAME(tile), TILE_ROWS, TILE_VECTORS)
TILE(NAME(tile_row), 1, TILE_VECTORS)
TILE(NAME(tile_narrow), TILE_ROWS, 1)
TILE(NAME(tile_single), 1, 1)

static TARGET void NAME(multiply)(
  float *c, long cRow, const float *a, long aRow, long aStep, const float *b, long bRow,
  const float *start, int adds, long rows, long columns, long depth) {
  const long wide = TILE_VECTORS * MATRIX_LANES;
  long j = 0;
  for (; j + wide <= columns; j += wide) {
    const float *first = start ? start + j : 0;
    long i = 0;
    for (; i + TILE_ROWS <= rows; i += TILE_ROWS)
      NAME(tile)(c + i * cRow + j, cRow, a + i * aRow, aRow, aStep, b + j, bRow, first, adds, depth);
    for (; i < rows; i++)
      NAME(tile_row)(c + i * cRow + j, cRow, a + i * aRow, aRow, aStep, b + j, bRow, first, adds, depth);
  }
  for (; j < columns; j += MATRIX_LANES) {
    const float *first = start ? start + j : 0;
    long i = 0;
    for (; i + TILE_ROWS <= rows; i += TILE_ROWS)
      NAME(tile_narrow)(
        c + i * cRow + j, cRow, a + i * aRow, aRow, aStep, b + j, bRow, first, adds, depth);
    for (; i < rows; i++)
      NAME(tile_single)(
        c + i * cRow + j, cRow, a + i * aRow, aRow, aStep, b + j, bRow, first, adds, depth);
  }
}

static TARGET void NAME(add)(float *to, const float *from, float scale, long count) {
  for (long j = 0; j < count; j += MATRIX_LANES) STORE(to + j, LOAD(to + j) + scale * LOAD(from + j));
}

static TARGET void NAME(approach)(float *to, const float *from, float share, long count) {
  for (long j = 0; j < count; j += MATRIX_LANES)
    STORE(to + j, LOAD(to + j) + share * (LOAD(from + j) - LOAD(to + j)));
}

static TARGET void NAME(rectify)(float *values, long count) {
  for (long j = 0; j < count; j += MATRIX_LANES) STORE(values + j, POSITIVE(LOAD(values + j)));
}

static TARGET void NAME(rectify_back)(float *gradients, const float *outputs, long count) {
  for (long j = 0; j < count; j += MATRIX_LANES)
    STORE(gradients + j, CHOICE(LOAD(outputs + j) > 0, LOAD(gradients + j), (vector){0}));
}

static TARGET void NAME(add_rows)(float *sums, const float *rows, long row, long rowCount, long columns) {
  for (long i = 0; i < rowCount; i++)
    for (long j = 0; j < columns; j += MATRIX_LANES)
      STORE(sums + j, LOAD(sums + j) + LOAD(rows + i * row + j));
}

static TARGET void NAME(scatter)(
  float *to, const uint8_t *codes, const float *from, long rows, long columns) {
  for (long i = 0; i < rows; i++) {
    float *own = to + codes[i] * columns;
    for (long j = 0; j < columns; j += MATRIX_LANES)
      STORE(own + j, LOAD(own + j) + LOAD(from + i * columns + j));
  }
}

// e^x for x <= 0, and 0 below -60: 2^k e^r with |r| <= ln 2 / 2, e^r by its Taylor series.
INSIDE vector NAME(exponential)(vector x) {
  const vector shift = EACH(0x1.8p23f);
  integers isTiny = x < EACH(-60.0f);
  x = CHOICE(isTiny, EACH(-60.0f), x);
  vector turns = x * EACH(0x1.715476p0f) + shift;
  vector k = turns - shift;
  vector r = (x - k * EACH(0x1.62e4p-1f)) - k * EACH(0x1.7f7d1cp-20f);
  vector sum = EACH(1.0f / 720);
  sum = EACH(1.0f / 120) + r * sum;
  sum = EACH(1.0f / 24) + r * sum;
  sum = EACH(1.0f / 6) + r * sum;
  sum = EACH(0.5f) + r * sum;
  sum = EACH(1.0f) + r * sum;
  sum = EACH(1.0f) + r * sum;
  integers power = (BITS(turns) - BITS(shift) + 127) << 23;
  vector scale;
  __builtin_memcpy(&scale, &power, sizeof scale);
  return CHOICE(isTiny, (vector){0}, sum * scale);
}

static TARGET void NAME(softmax)(float *logits, long row, long rows, long columns) {
  for (long i = 0; i < rows; i++) {
    float *own = logits + i * row;
    vector most = LOAD(own);
    for (long j = MATRIX_LANES; j < columns; j += MATRIX_LANES) {
      vector here = LOAD(own + j);
      most = CHOICE(here > most, here, most);
    }
    float greatest = most[0];
    for (int lane = 1; lane < MATRIX_LANES; lane++)
      if (most[lane] > greatest) greatest = most[lane];
    vector sums = {0};
    for (long j = 0; j < columns; j += MATRIX_LANES) {
      vector value = NAME(exponential)(LOAD(own + j) - greatest);
      sums = sums + value;
      STORE(own + j, value);
    }
    float sum = ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
    float factor = 1 / sum;
    for (long j = 0; j < columns; j += MATRIX_LANES) STORE(own + j, factor * LOAD(own + j));
  }
}

static TARGET void NAME(contexts)(
  float *contexts, long stride, const float *const *starts, const float *const *embeddings,
  const uint8_t *const *codes, const int32_t *orders, float *room, long first, long rows, long columns,
  long width) {
  for (long i = first; i < first + rows; i++) {
    for (long j = 0; j < width; j += MATRIX_LANES) STORE(room + j, (vector){0});
    const int32_t *order = orders + i * columns;
    for (long t = 0; t < columns; t++) {
      long column = order[t];
      float *to = contexts + column * stride + i * width;
      const float *start = starts[column];
      const float *own = embeddings[column] + codes[column][i] * width;
      for (long j = 0; j < width; j += MATRIX_LANES) {
        vector known = LOAD(room + j);
        STORE(to + j, POSITIVE(known + LOAD(start + j)));
        STORE(room + j, known + LOAD(own + j));
      }
    }
  }
}

static TARGET void NAME(contexts_back)(
  float *gradients, long stride, const int32_t *orders, float *room, long first, long rows,
  long columns, long width) {
  for (long i = first; i < first + rows; i++) {
    for (long j = 0; j < width; j += MATRIX_LANES) STORE(room + j, (vector){0});
    const int32_t *order = orders + i * columns;
    for (long t = columns - 1; t >= 0; t--) {
      float *own = gradients + order[t] * stride + i * width;
      for (long j = 0; j < width; j += MATRIX_LANES) {
        vector later = LOAD(room + j);
        STORE(room + j, later + LOAD(own + j));
        STORE(own + j, later);
      }
    }
  }
}

static TARGET void NAME(adam)(
  float *parameters, const float *gradients, float *moments, float *squares, float rate, float second,
  float keep, long count) {
  for (long j = 0; j < count; j += MATRIX_LANES) {
    vector gradient = LOAD(gradients + j);
    vector moment = EACH(0.9f) * LOAD(moments + j) + EACH(0.1f) * gradient;
    vector square = EACH(0.999f) * LOAD(squares + j) + EACH(0.001f) * (gradient * gradient);
    // Numbers too small to matter would be slow.
    moment = CHOICE(moment * moment < EACH(1e-34f), (vector){0}, moment);
    square = CHOICE(square < EACH(1e-34f), (vector){0}, square);
    STORE(moments + j, moment);
    STORE(squares + j, square);
    vector step = rate * moment / (second * ROOT(square) + EACH(1e-8f));
    STORE(parameters + j, keep * LOAD(parameters + j) - step);
  }
}

#undef INSIDE
#undef TILE
