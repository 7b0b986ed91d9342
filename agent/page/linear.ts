/**
 * Solves the square system a·x = b by elimination with row exchange; null where it is singular.
 * `a` is row by row and is overwritten, as is `b`.
 */
export function solveLinear(a: Float64Array, b: Float64Array): Float64Array | null {
  const n = b.length;
  for (let column = 0; column < n; column++) {
    const pivot = largestBelow(a, n, column);
    if (Math.abs(a[pivot * n + column] ?? 0) < 1e-12) return null;
    if (pivot !== column) exchangeRows(a, b, n, pivot, column);
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

function exchangeRows(a: Float64Array, b: Float64Array, n: number, one: number, other: number): void {
  for (let k = 0; k < n; k++) {
    const kept = a[one * n + k] ?? 0;
    a[one * n + k] = a[other * n + k] ?? 0;
    a[other * n + k] = kept;
  }
  const kept = b[one] ?? 0;
  b[one] = b[other] ?? 0;
  b[other] = kept;
}

function eliminate(a: Float64Array, b: Float64Array, n: number, column: number, row: number): void {
  const factor = (a[row * n + column] ?? 0) / (a[column * n + column] ?? 1);
  if (factor === 0) return;
  for (let k = column; k < n; k++) a[row * n + k] = (a[row * n + k] ?? 0) - factor * (a[column * n + k] ?? 0);
  b[row] = (b[row] ?? 0) - factor * (b[column] ?? 0);
}
