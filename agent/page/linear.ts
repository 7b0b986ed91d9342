/**
 * Solves the square system a·x = b by elimination with row exchange; null where it is singular.
 * `a` is row by row and is overwritten, as is `b`.
 */
export function solveLinear(a: Float64Array, b: Float64Array): Float64Array | null {
  const n = b.length;
  for (let column = 0; column < n; column++) {
    const pivot = largestBelow(a, n, column);
    if (Math.abs(a[pivot * n + column] ?? 0) < 1e-12) return null;
    swapRows(a, n, pivot, column);
    swapRows(b, 1, pivot, column);
    for (let row = column + 1; row < n; row++) eliminate(a, b, n, column, row);
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = b[row] ?? 0;
    for (let k = row + 1; k < n; k++) sum -= (a[row * n + k] ?? 0) * (b[k] ?? 0);
    b[row] = sum / (a[row * n + row] ?? 1);
  }
  return b;
}

function largestBelow(a: Float64Array, n: number, column: number): number {
  let best = column;
  for (let row = column + 1; row < n; row++) {
    if (Math.abs(a[row * n + column] ?? 0) > Math.abs(a[best * n + column] ?? 0)) best = row;
  }
  return best;
}

function swapRows(a: Float64Array, width: number, one: number, other: number): void {
  if (one === other) return;
  for (let k = 0; k < width; k++) {
    const kept = a[one * width + k] ?? 0;
    a[one * width + k] = a[other * width + k] ?? 0;
    a[other * width + k] = kept;
  }
}

function eliminate(a: Float64Array, b: Float64Array, n: number, column: number, row: number): void {
  const factor = (a[row * n + column] ?? 0) / (a[column * n + column] ?? 1);
  if (factor === 0) return;
  for (let k = column; k < n; k++) a[row * n + k] = (a[row * n + k] ?? 0) - factor * (a[column * n + k] ?? 0);
  b[row] = (b[row] ?? 0) - factor * (b[column] ?? 0);
}

/** The inverse of an n × n matrix given row by row, null where it is singular. `a` is overwritten. */
export function inverseOf(a: Float64Array, n: number): Float64Array | null {
  const inverse = new Float64Array(n * n);
  for (let k = 0; k < n; k++) inverse[k * n + k] = 1;
  for (let column = 0; column < n; column++) {
    const pivot = largestBelow(a, n, column);
    const divisor = a[pivot * n + column] ?? 0;
    if (Math.abs(divisor) < 1e-12) return null;
    for (const rows of [a, inverse]) {
      swapRows(rows, n, pivot, column);
      for (let k = 0; k < n; k++) rows[column * n + k] = (rows[column * n + k] ?? 0) / divisor;
    }
    for (let row = 0; row < n; row++) {
      const factor = row === column ? 0 : (a[row * n + column] ?? 0);
      if (factor === 0) continue;
      for (const rows of [a, inverse]) {
        for (let k = 0; k < n; k++) {
          rows[row * n + k] = (rows[row * n + k] ?? 0) - factor * (rows[column * n + k] ?? 0);
        }
      }
    }
  }
  return inverse;
}
